package dev.drover.importers.vsphere;

import dev.drover.importers.api.CredentialsFinder;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.rmi.RemoteException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** A simulator whose VMs are off, each with one flat disk of the same noise. */
final class FlatDisks {
  /** Not a multiple of anything that reads. */
  static final int SIZE = (3 << 20) + 512;

  static final byte[] CONTENT = new byte[SIZE];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  private static final Set<Vcsim> FILLED = new HashSet<>();

  private FlatDisks() {}

  /** Two datacenters, each with a datastore of the same name. */
  static synchronized Vcsim peer(Vcsim.Version version) {
    Vcsim peer = Vcsim.shared(version, "-autostart=false", "-dc", "2");
    if (FILLED.add(peer)) {
      Specs.vms(Specs.list(Specs.of(peer.sdk()))).forEach(vm -> put(peer, vm, file(vm), CONTENT));
    }
    return peer;
  }

  /** Where the bytes of a VM's disk lie on its datastore. */
  static String file(SourceVm vm) {
    String path = String.valueOf(vm.disks().get(0).backing().path());
    return path.substring(path.indexOf("] ") + 2).replace(".vmdk", "-flat.vmdk");
  }

  static void put(Vcsim peer, SourceVm vm, String file, byte[] bytes) {
    peer.put(
        String.valueOf(vm.placement().datacenter()),
        file,
        HttpRequest.BodyPublishers.ofByteArray(bytes));
  }

  /** Does something with the bytes. */
  @FunctionalInterface
  interface Reading {
    void with(BlockReader reader) throws IOException;
  }

  /** Opens the first VM's disk. */
  static void reading(SourceSpec spec, Reading reading) throws IOException {
    try (VsphereSource source = Specs.open(spec)) {
      reading(source, Specs.vms(source.list().toList()).get(0), reading);
    }
  }

  static void reading(VsphereSource source, SourceVm vm, Reading reading) throws IOException {
    try (VmSnapshot snapshot = source.open(vm.ref());
        BlockReader reader = disk(snapshot).opener().open()) {
      reading.with(reader);
    }
  }

  /** The one disk. */
  static DiskSource.Blocks disk(VmSnapshot snapshot) {
    return (DiskSource.Blocks) snapshot.disk(snapshot.vm().disks().get(0).id());
  }

  /** The whole disk, so many bytes at a time. */
  static byte[] all(BlockReader reader, int step) throws IOException {
    byte[] bytes = new byte[(int) reader.size()];
    for (int at = 0; at < bytes.length; at += step) {
      reader.read(at, ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
    }
    return bytes;
  }

  /** What people do at the server meanwhile. */
  @FunctionalInterface
  interface Work {
    void with(Session session) throws RemoteException;
  }

  static void meanwhile(Vcsim peer, Work work) throws RemoteException {
    SourceSpec spec = Specs.of(peer.sdk());
    Address address = Address.of(spec);
    Trust trust = Trust.of(address.subject(), spec.tls());
    Transport transport = new Transport(trust, null, Specs.SHORT);
    try (Session session = Session.open(address, trust, transport, CredentialsFinder.of(spec))) {
      work.with(session);
    }
  }
}
