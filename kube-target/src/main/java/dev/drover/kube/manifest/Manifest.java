package dev.drover.kube.manifest;

import java.util.Map;

/**
 * A Kubernetes object as a tree of maps, lists, strings, numbers and booleans, in the order in
 * which people write it.
 *
 * @param body the whole object, {@code apiVersion} first
 */
public record Manifest(
    String apiVersion, String kind, String namespace, String name, Map<String, Object> body) {}
