package dev.drover.converters.nbd;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Bytes to and from a server; one thread may read while another writes. */
interface NbdWire extends Closeable {
  /** Writes all of a buffer. */
  void write(ByteBuffer all) throws IOException;

  /** Fills a buffer from its position to its limit. */
  void read(ByteBuffer into) throws IOException;

  /** The same connection behind TLS. */
  NbdWire secured(SSLContext tls, String host) throws IOException;

  static NbdWire open(NbdAddress address) throws IOException {
    if (address.socket() != null) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(address.socket()));
        return new Local(channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), millis(address.patience()));
      return new Remote(socket, socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }

  /** A unix socket: Java has only channels for it. */
  record Local(SocketChannel channel) implements NbdWire {
    @Override
    public void write(ByteBuffer all) throws IOException {
      while (all.hasRemaining()) {
        channel.write(all);
      }
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
      while (into.hasRemaining()) {
        if (channel.read(into) < 0) {
          throw new EOFException("the server has closed the connection");
        }
      }
    }

    @Override
    public NbdWire secured(SSLContext tls, String host) throws IOException {
      throw new IOException("TLS over a unix socket is not supported: use TCP");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A TCP connection, also behind TLS. */
  final class Remote implements NbdWire {
    private final Socket socket;

    /** The TCP connection itself: closing TLS waits for a write that hangs. */
    private final Socket plain;

    private final InputStream in;
    private final OutputStream out;
    private byte @Nullable [] copied;

    private Remote(Socket socket, Socket plain) throws IOException {
      this.socket = socket;
      this.plain = plain;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    @Override
    public void write(ByteBuffer all) throws IOException {
      byte[] bytes = new byte[all.remaining()];
      all.get(bytes);
      out.write(bytes);
      out.flush();
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
      int wanted = into.remaining();
      if (into.hasArray()) {
        int at = into.arrayOffset() + into.position();
        if (in.readNBytes(into.array(), at, wanted) < wanted) {
          throw new EOFException("the server has closed the connection");
        }
        into.position(into.limit());
        return;
      }
      byte[] bytes = copied == null || copied.length < wanted ? new byte[wanted] : copied;
      copied = bytes;
      if (in.readNBytes(bytes, 0, wanted) < wanted) {
        throw new EOFException("the server has closed the connection");
      }
      into.put(bytes, 0, wanted);
    }

    @Override
    public NbdWire secured(SSLContext tls, String host) throws IOException {
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate names the host
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return new Remote(secure, plain);
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
