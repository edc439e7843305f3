package dev.drover.tests.estate;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes an export sheet by sheet. A cell is a String, a Number, a Boolean, or null. */
interface TableWriter extends Closeable {
  void sheet(String name, List<String> header) throws IOException;

  void row(List<? extends @Nullable Object> cells) throws IOException;
}
