package dev.drover.batch.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers why something did not get through; writes UTF-8. */
final class ResultStream extends PrintStream {
  private final Watched watched;

  private ResultStream(Watched watched) {
    super(watched, true, StandardCharsets.UTF_8);
    this.watched = watched;
  }

  static ResultStream to(OutputStream out) {
    return new ResultStream(new Watched(out));
  }

  /** What went wrong first; null when all got through. */
  @Nullable IOException lost() {
    flush();
    return watched.lost;
  }

  private static final class Watched extends FilterOutputStream {
    private volatile @Nullable IOException lost;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        lost = lost == null ? e : lost;
        throw e;
      }
    }
  }
}
