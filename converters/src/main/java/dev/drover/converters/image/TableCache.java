package dev.drover.converters.image;

import dev.drover.converters.archive.SeekableParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers out of an image's tables, read in pages of which the last used stay: a few megabytes
 * whatever the size of the tables. Safe for use by several threads.
 */
final class TableCache {
  private static final int PAGE = 64 << 10;
  private static final int PAGES = 64;

  private final SeekableParts image;
  private final ByteOrder order;
  private final Map<Long, ByteBuffer> pages =
      new LinkedHashMap<>(PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
          return size() > PAGES;
        }
      };

  TableCache(SeekableParts image, ByteOrder order) {
    this.image = image;
    this.order = order;
  }

  /** Eight bytes. */
  synchronized long eight(long at) throws IOException {
    int within = (int) (at % PAGE);
    if (within > PAGE - Long.BYTES) {
      ByteBuffer torn = ByteBuffer.allocate(Long.BYTES).order(order);
      image.read(at, torn);
      return torn.getLong(0);
    }
    return page(at, Long.BYTES).getLong(within);
  }

  /** Four bytes, without a sign. */
  synchronized long four(long at) throws IOException {
    int within = (int) (at % PAGE);
    if (within > PAGE - Integer.BYTES) {
      ByteBuffer torn = ByteBuffer.allocate(Integer.BYTES).order(order);
      image.read(at, torn);
      return Integer.toUnsignedLong(torn.getInt(0));
    }
    return Integer.toUnsignedLong(page(at, Integer.BYTES).getInt(within));
  }

  /** One byte, without a sign. */
  synchronized int one(long at) throws IOException {
    return page(at, 1).get((int) (at % PAGE)) & 0xff;
  }

  private ByteBuffer page(long at, int bytes) throws IOException {
    if (at < 0 || at > image.length() - bytes) {
      throw image.hostile(
          Math.max(0, Math.min(at, image.length())), "a table lies outside the file");
    }
    long number = at / PAGE;
    ByteBuffer page = pages.get(number);
    if (page == null) {
      int n = (int) Math.min(PAGE, image.length() - number * PAGE);
      page = ByteBuffer.allocate(n).order(order);
      image.read(number * PAGE, page);
      pages.put(number, page);
    }
    return page;
  }
}
