package dev.drover.importers.rvtools;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a stream that gives more than a part of a workbook may. */
final class BoundedInput extends FilterInputStream {
  private final Budget budget;

  BoundedInput(InputStream in, Budget budget) {
    super(in);
    this.budget = budget;
  }

  /** What all parts of a file may give together. */
  static final class Budget {
    private final long most;
    private long left;

    Budget(long most) {
      this.most = most;
      this.left = most;
    }

    private void take(long bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new TooMuch(most);
      }
    }
  }

  /** The file unpacks to more than it may. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(long most) {
      super("more than " + most + " bytes");
    }
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    budget.take(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int count = super.read(buffer, from, length);
    budget.take(Math.max(0, count));
    return count;
  }
}
