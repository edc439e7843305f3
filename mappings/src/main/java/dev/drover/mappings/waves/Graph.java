package dev.drover.mappings.waves;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A graph of numbered nodes with arrows from what is needed to what needs it. Linear, and deep
 * chains cost no stack.
 */
final class Graph {
  private static final int NONE = -1;

  private int nodes;
  private int arrows;
  private int[] from = new int[16];
  private int[] to = new int[16];
  private int[] start = {0};
  private int[] targets = {};

  Graph(int nodes) {
    this.nodes = nodes;
  }

  int node() {
    return nodes++;
  }

  int size() {
    return nodes;
  }

  void arrow(int need, int needer) {
    if (arrows == from.length) {
      from = Arrays.copyOf(from, arrows * 2);
      to = Arrays.copyOf(to, arrows * 2);
    }
    from[arrows] = need;
    to[arrows++] = needer;
  }

  /** To be called before it is asked; no arrow comes after. */
  Graph done() {
    start = new int[nodes + 1];
    for (int i = 0; i < arrows; i++) {
      start[from[i] + 1]++;
    }
    for (int i = 0; i < nodes; i++) {
      start[i + 1] += start[i];
    }
    int[] at = Arrays.copyOf(start, nodes);
    targets = new int[arrows];
    for (int i = 0; i < arrows; i++) {
      targets[at[from[i]]++] = to[i];
    }
    return this;
  }

  /** What needs a node. */
  int[] needers(int node) {
    return Arrays.copyOfRange(targets, start[node], start[node + 1]);
  }

  /** The same arrows the other way round. */
  Graph reversed() {
    Graph reversed = new Graph(nodes);
    for (int i = 0; i < arrows; i++) {
      reversed.arrow(to[i], from[i]);
    }
    return reversed.done();
  }

  /** For each node the number of its cycle; equal for nodes of one cycle (Tarjan). */
  int[] cycles() {
    int[] index = new int[nodes];
    int[] low = new int[nodes];
    int[] cycle = new int[nodes];
    int[] next = Arrays.copyOf(start, nodes);
    Arrays.fill(index, NONE);
    Arrays.fill(cycle, NONE);
    Deque<Integer> path = new ArrayDeque<>();
    Deque<Integer> open = new ArrayDeque<>();
    int count = 0;
    int found = 0;
    for (int root = 0; root < nodes; root++) {
      if (index[root] != NONE) {
        continue;
      }
      path.push(root);
      while (!path.isEmpty()) {
        int node = path.element();
        if (index[node] == NONE) {
          index[node] = count;
          low[node] = count++;
          open.push(node);
        }
        if (next[node] < start[node + 1]) {
          int target = targets[next[node]++];
          if (index[target] == NONE) {
            path.push(target);
          } else if (cycle[target] == NONE) {
            low[node] = Math.min(low[node], index[target]);
          }
          continue;
        }
        path.pop();
        if (!path.isEmpty()) {
          low[path.element()] = Math.min(low[path.element()], low[node]);
        }
        if (low[node] == index[node]) {
          int member;
          do {
            member = open.pop();
            cycle[member] = found;
          } while (member != node);
          found++;
        }
      }
    }
    return cycle;
  }

  /** The shortest way along the arrows, both ends in it; empty where there is none. */
  List<Integer> way(int begin, int end) {
    int[] before = new int[nodes];
    Arrays.fill(before, NONE);
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(begin);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int i = start[node]; i < start[node + 1]; i++) {
        int target = targets[i];
        if (target == end) {
          before[end] = node;
          return trace(before, begin, end);
        }
        if (target != begin && before[target] == NONE) {
          before[target] = node;
          queue.add(target);
        }
      }
    }
    return List.of();
  }

  private static List<Integer> trace(int[] before, int begin, int end) {
    List<Integer> way = new ArrayList<>();
    int node = end;
    do {
      way.add(node);
      node = before[node];
    } while (node != begin);
    way.add(begin);
    Collections.reverse(way);
    return way;
  }
}
