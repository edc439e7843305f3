package dev.drover.converters.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one export: several where the server says that all of them see the same disk,
 * and that a flush on one counts for all.
 */
final class NbdSession implements Closeable {
  private static final int CONNECTIONS = 4;
  private static final int CAN_MULTI_CONN = 1 << 8;

  private final NbdAddress address;
  private final NbdHandshake.Agreed agreed;
  private final List<NbdConnection> connections = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private NbdSession(NbdAddress address) throws IOException {
    this.address = address;
    this.agreed = connect(null);
    try {
      int wanted = (agreed.flags() & CAN_MULTI_CONN) != 0 ? CONNECTIONS : 1;
      while (connections.size() < wanted) {
        connect(agreed);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Connects and agrees with the server.
   *
   * @throws IOException naming the server and what it said
   */
  static NbdSession open(NbdAddress address) throws IOException {
    return new NbdSession(address);
  }

  private NbdHandshake.Agreed connect(NbdHandshake.@Nullable Agreed first) throws IOException {
    NbdHandshake.Agreed said = Patience.of(address, () -> NbdWire.open(address));
    if (first != null && first.size() != said.size()) {
      said.wire().close();
      throw new IOException(address + ": the disk has changed its size");
    }
    connections.add(new NbdConnection(address, said.wire()));
    return said;
  }

  NbdAddress address() {
    return address;
  }

  NbdHandshake.Agreed agreed() {
    return agreed;
  }

  /** The connection whose turn it is. */
  NbdConnection next() {
    return connections.get(Math.floorMod(turn.getAndIncrement(), connections.size()));
  }

  /** Waits for the answer as long as the address has patience. */
  void await(NbdConnection connection, NbdRequest request) throws IOException {
    try {
      request.answered.get(address.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw connection.failAll(
          new IOException("no answer within " + address.patience().toSeconds() + " s"));
    } catch (InterruptedException e) {
      connection.failAll(new IOException("it was stopped"));
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was stopped");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String said = String.valueOf(cause.getMessage());
      throw new IOException(
          said.contains(address.toString()) ? said : address + ": " + said, cause);
    }
  }

  @Override
  public void close() {
    connections.forEach(NbdConnection::close);
  }
}
