package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSource;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A server, or the way to it, that goes wrong. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
@SuppressWarnings("NullAway.Init") // JUnit calls the method before.
final class FaultsTest {
  private final Vcsim.Version version;
  private final Vcsim peer;
  private FaultProxy proxy;

  FaultsTest(Vcsim.Version version) {
    this.version = version;
    this.peer = Vcsim.furnished(version);
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new FaultProxy(peer.sdk());
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private List<Discovery> list() {
    return Specs.list(Specs.of(proxy.sdk()));
  }

  /** Free space of the simulator's datastores is that of the machine, which changes. */
  private static List<SourceVm> vms(List<Discovery> all) {
    return Specs.vms(all);
  }

  @Test
  void logsOutAtTheEndAlsoWhenAListingFailed() {
    list();
    assertEquals(1, proxy.count("Login"));
    assertEquals(1, proxy.count("Logout"));
    proxy.when("CreateContainerView", 9, FaultProxy.faulting("RuntimeFault", ""));
    assertThrows(SourceFailed.class, this::list);
    assertEquals(2, proxy.count("Logout"));
  }

  @Test
  void asksForTheNewestVersionThatTheServerSpeaks() throws IOException {
    String[] action = new String[1];
    proxy.when(
        "Login",
        1,
        (exchange, pass) -> {
          action[0] = exchange.getRequestHeaders().getFirst("SOAPAction");
          FaultProxy.hand(exchange, pass.on());
        });
    list();
    assertTrue(action[0].matches("urn:vim25/[0-9.]+"), action[0]);
    assertFalse(action[0].equals("urn:vim25/6.0") && version == Vcsim.Version.MODULE);
  }

  @Test
  void tellsAWrongPassword() {
    SourceSpec wrong = Specs.of(proxy.sdk(), Specs.ANYBODY, "wr0ng", Map.of());
    Failure failure = assertThrows(SourceFailed.class, () -> Specs.open(wrong).close());
    assertEquals(Retry.POINTLESS, failure.retry());
    assertTrue(failure.toString().contains("InvalidLogin"), failure.toString());
    assertTrue(failure.remedy().contains("locked"), failure.remedy());
    assertFalse(failure.toString().contains("wr0ng"), failure.toString());
    assertEquals(1, proxy.count("Login"), "a second try would count towards a lock");
  }

  @Test
  void tellsAnAccountThatIsLockedFromAWrongPassword() {
    proxy.when(
        "Login",
        1,
        FaultProxy.faulting(
            "InvalidLogin", "Remote access for the account 'mover' has been locked", ""));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertTrue(failure.what().contains("the account is locked"), failure.toString());
    assertTrue(failure.remedy().contains("unlock"), failure.toString());
    assertEquals(Retry.POINTLESS, failure.retry());
    assertEquals(1, proxy.count("Login"), "a further try would lengthen the lock");
  }

  @Test
  void namesThePrivilegeThatIsMissing() {
    proxy.when(
        "CreateContainerView",
        1,
        FaultProxy.faulting(
            "NoPermission",
            "<object type=\"Folder\">group-d1</object><privilegeId>System.View</privilegeId>"));
    Failure failure = assertThrows(SourceFailed.class, this::list);
    assertTrue(failure.what().contains("System.View"), failure.toString());
    assertTrue(failure.what().contains("group-d1"), failure.toString());
    assertTrue(failure.remedy().contains("docs/vsphere.md"), failure.remedy());
  }

  @Test
  void renewsASessionThatExpiredInTheMiddleOfAListing() {
    List<SourceVm> before = vms(list());
    // The server forgets who asks: from here on it does not know the cookie.
    try (VmSource source = Specs.open(Specs.of(proxy.sdk()));
        Stream<Discovery> all = source.list()) {
      proxy.when("RetrievePropertiesEx", 1, FaultProxy.faulting("NotAuthenticated", ""));
      assertEquals(before, vms(all.toList()));
    }
    assertEquals(3, proxy.count("Login"));
  }

  @Test
  void renewsASessionWhoseObjectsCameWithoutProperties() {
    List<SourceVm> before = vms(list());
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(
            text ->
                text.replaceAll(
                    "<propSet><name>config.hardware</name>.*?</propSet>",
                    "<missingSet><path>config.hardware</path><fault><fault"
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:type=\"NotAuthenticated\"/></fault></missingSet>")));
    assertEquals(before, vms(list()));
    assertEquals(3, proxy.count("Login"));
  }

  @Test
  void readsPageByPageAndBeginsAgainWhereATokenIsLost() {
    List<SourceVm> before = vms(list());
    long pages = proxy.count("ContinueRetrievePropertiesEx");
    assumeTrue(version == Vcsim.Version.MODULE, "the simulator of Debian has no pages");
    assertTrue(pages > 2, "pages: " + pages);
    proxy.when("ContinueRetrievePropertiesEx", 1, FaultProxy.faulting("InvalidArgument", ""));
    assertEquals(before, vms(list()));
    proxy.when("ContinueRetrievePropertiesEx", 1, FaultProxy.cutting(50));
    assertEquals(before, vms(list()));
    proxy.when("ContinueRetrievePropertiesEx", 1, FaultProxy.faulting("NotAuthenticated", ""));
    assertEquals(before, vms(list()));
    proxy.when("ContinueRetrievePropertiesEx", 99, FaultProxy.faulting("InvalidArgument", ""));
    assertThrows(SourceFailed.class, this::list);
  }

  @Test
  void endsAListingThatNobodyReadsOn() {
    assumeTrue(version == Vcsim.Version.MODULE, "the simulator of Debian has no pages");
    try (VmSource source = Specs.open(Specs.of(proxy.sdk()))) {
      long views = proxy.count("DestroyView");
      try (Stream<Discovery> all = source.list()) {
        var some = all.iterator();
        while (!(some.next() instanceof Discovery.Found)) {
          // The estate comes first.
        }
        views = proxy.count("DestroyView");
      }
      assertEquals(1, proxy.count("CancelRetrievePropertiesEx"));
      assertEquals(views + 1, proxy.count("DestroyView"));
    }
  }

  @Test
  void tellsWhichVmsMayNotBeRead() {
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(
            text ->
                text.replaceFirst(
                    "<propSet><name>config.hardware</name>.*?</propSet>",
                    "<missingSet><path>config.hardware</path><fault><fault"
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:type=\"NoPermission\"/></fault></missingSet>")));
    List<Discovery> all = list();
    List<Discovery.Unreadable> bad =
        all.stream()
            .filter(Discovery.Unreadable.class::isInstance)
            .map(Discovery.Unreadable.class::cast)
            .toList();
    assertEquals(1, bad.size());
    assertEquals("VSP-003", bad.get(0).problem().code());
    assertTrue(Specs.notices(all).stream().anyMatch(f -> f.code().equals("VSP-013")));
    assertEquals(vms(list()).size() - 1, vms(all).size());
  }

  @Test
  void anInaccessibleAndAnOrphanedVmAreFindings() {
    UnaryOperator<String> away =
        text ->
            text.replaceFirst(">connected</val>", ">orphaned</val>")
                .replaceFirst("<propSet><name>config.hardware</name>.*?</propSet>", "");
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(away));
    List<Discovery> all = list();
    Discovery.Unreadable bad =
        all.stream()
            .filter(Discovery.Unreadable.class::isInstance)
            .map(Discovery.Unreadable.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals("VSP-001", bad.problem().code());
    assertEquals("orphaned", bad.problem().evidence());
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(text -> text.replaceFirst(">connected</val>", ">inaccessible</val>")));
    SourceVm found =
        vms(list()).stream().filter(vm -> !vm.findings().isEmpty()).findFirst().orElseThrow();
    assertEquals("VSP-001", found.findings().get(0).code());
  }

  @Test
  void listsWithoutTagsWhereTheyCannotBeRead() {
    proxy.when(call -> call.path().contains("/session"), 2, FaultProxy.answering(503, ""));
    List<Discovery> all = list();
    assertFalse(vms(all).isEmpty());
    assertTrue(Specs.notices(all).stream().anyMatch(f -> f.code().equals("VSP-011")));
  }

  @Test
  void refusesADocumentTypeAndReadsNoLocalFile(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "top secret");
    proxy.when(
        "RetrieveServiceContent",
        1,
        FaultProxy.answering(
            200,
            "<!DOCTYPE x [<!ENTITY s SYSTEM \""
                + secret.toUri()
                + "\">]><Envelope><Body><RetrieveServiceContentResponse><returnval><about><name>"
                + "&s;</name></about></returnval></RetrieveServiceContentResponse></Body></Envelope>"));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertFalse(failure.toString().contains("top secret"), failure.toString());
    assertTrue(failure.what().contains("document type"), failure.toString());
    assertEquals(Retry.POINTLESS, failure.retry());
  }

  @Test
  void refusesABillionLaughs() {
    StringBuilder text = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      text.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
    }
    text.append("]><Envelope><Body><x>&a29;</x></Body></Envelope>");
    proxy.when("RetrieveServiceContent", 1, FaultProxy.answering(200, text.toString()));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertEquals(Retry.POINTLESS, failure.retry());
  }

  @Test
  void refusesAnEntityWithoutADocumentType() {
    proxy.when(
        "RetrieveServiceContent",
        1,
        FaultProxy.changing(text -> text.replaceFirst("<fullName>", "<fullName>&unknown;")));
    assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
  }

  @Test
  void refusesElementsThatAreNestedWithoutEnd() {
    proxy.when(
        "RetrieveServiceContent",
        1,
        FaultProxy.answering(
            200,
            "<Envelope><Body><RetrieveServiceContentResponse><returnval>" + "<a>".repeat(200_000)));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertTrue(failure.what().contains("nested"), failure.toString());
  }

  @Test
  void refusesAnAnswerThatNeverEnds() {
    proxy.when(
        "RetrieveServiceContent",
        1,
        (exchange, pass) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          byte[] block = "<x>ha</x>".repeat(10_000).getBytes(StandardCharsets.UTF_8);
          out.write("<Envelope><Body><R><returnval>".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(block);
          }
        });
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertTrue(failure.what().contains("larger than 64 MiB"), failure.toString());
  }

  @Test
  void endsAnAnswerThatDrips() {
    AtomicInteger drips = new AtomicInteger();
    proxy.when(
        "RetrieveServiceContent",
        1,
        (exchange, pass) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 600; i++) {
            FaultProxy.drip(exchange.getResponseBody(), new byte[] {' '}, 100);
            drips.incrementAndGet();
          }
        });
    SourceSpec spec =
        Specs.of(proxy.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, Map.of("timeoutSeconds", "2"));
    Failure failure = assertThrows(SourceFailed.class, () -> Specs.open(spec).close());
    assertTrue(failure.toString().contains("after 2 s"), failure.toString());
    assertEquals(Retry.WORTHWHILE, failure.retry());
    assertTrue(drips.get() < 600, "it waited until the server had said all");
  }

  @Test
  void endsAServerThatNeverAnswers() {
    proxy.when("Login", 1, (exchange, pass) -> pauseLong());
    SourceSpec spec =
        Specs.of(proxy.sdk(), Specs.ANYBODY, Vcsim.PASSWORD, Map.of("timeoutSeconds", "1"));
    Failure failure = assertThrows(SourceFailed.class, () -> Specs.open(spec).close());
    assertEquals(Retry.WORTHWHILE, failure.retry());
    assertEquals(1, proxy.count("Login"));
  }

  private static void pauseLong() {
    try {
      Thread.sleep(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void repeatsWhatIsSafeWhenTheServerIsBusyOrTheConnectionBreaks() {
    List<SourceVm> before = vms(list());
    proxy.when("RetrievePropertiesEx", 1, FaultProxy.answering(503, ""));
    proxy.when("RetrievePropertiesEx", 1, FaultProxy.cutting(700));
    proxy.when("RetrieveServiceContent", 2, FaultProxy.answering(503, ""));
    proxy.when("Login", 1, FaultProxy.answering(503, ""));
    assertEquals(before, vms(list()));
  }

  @Test
  void sendsALoginOnceWhenItsAnswerIsLost() {
    proxy.when("Login", 1, FaultProxy.cutting(100));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertEquals(Retry.WORTHWHILE, failure.retry());
    assertEquals(1, proxy.count("Login"));
  }

  @Test
  void tellsAPageThatIsNoApi() {
    proxy.when("RetrieveServiceContent", 1, FaultProxy.answering(200, "<html><p>Hello</html>"));
    Failure failure =
        assertThrows(SourceFailed.class, () -> Specs.open(Specs.of(proxy.sdk())).close());
    assertTrue(failure.what().contains("no SOAP envelope but html"), failure.toString());
  }

  @Test
  void leavesOutAPropertyThatAnOlderServerDoesNotKnow() {
    int vms = vms(list()).size();
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx")
                && call.body().contains("<pathSet>config.latencySensitivity</pathSet>"),
        1,
        FaultProxy.faulting("InvalidProperty", "<name>config.latencySensitivity</name>"));
    assertEquals(vms, vms(list()).size());
  }

  @Test
  void tellsAVmThatWasDeletedSinceItWasListed() {
    try (VmSource source = Specs.open(Specs.of(proxy.sdk()))) {
      var ref = new dev.drover.mappings.model.VmRef("dc1", "vm-999999");
      Failure gone = assertThrows(SourceFailed.class, () -> source.open(ref));
      assertTrue(gone.remedy().contains("inventory again"), gone.toString());
    }
  }

  /** DRS and people move and rename while pages are read: an id comes twice, or not at all. */
  @Test
  void listsAVmOnceThatWasRenamedAndLeavesOutOneThatWent() {
    List<SourceVm> before = vms(list());
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(
            text -> {
              Matcher one = Pattern.compile("(?s)<objects>.*?</objects>").matcher(text);
              assertTrue(one.find());
              String first = one.group();
              String again = first.replaceFirst("(<name>name</name><val[^>]*>)", "$1renamed-");
              assertTrue(one.find());
              return text.replace(one.group(), "").replace(first, first + again);
            }));
    List<SourceVm> after = vms(list());
    assertEquals(before.size() - 1, after.size());
    assertEquals(before.get(0), after.get(0));
  }

  @Test
  void refusesAnIdThatIsNone() {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      var ref = new dev.drover.mappings.model.VmRef("dc1", "vm-1</obj><evil/>");
      assertThrows(SourceFailed.class, () -> source.open(ref));
    }
  }

  private static final Pattern END = Pattern.compile("</[A-Za-z]+>");
  private static final Pattern ATTRIBUTE = Pattern.compile(":type=\"([A-Za-z:]+)\"");

  /** A newer server: unknown elements anywhere, and unknown types as new elements' own. */
  @RepeatedTest(12)
  void givesTheSameInventoryWhateverANewerServerAdds(RepetitionInfo repetition) {
    List<SourceVm> before = vms(list());
    Random random = new Random(repetition.getCurrentRepetition());
    proxy.when("RetrievePropertiesEx", 1000, FaultProxy.changing(text -> withMore(text, random)));
    proxy.when("RetrieveServiceContent", 1, FaultProxy.changing(text -> withMore(text, random)));
    assertEquals(before, vms(list()));
  }

  private static String withMore(String text, Random random) {
    String z = " xmlns:z=\"http://www.w3.org/2001/XMLSchema-instance\" z:";
    String[] more = {
      "<quantumSafe>true</quantumSafe>",
      "<futureLevel>ultra</futureLevel>",
      "<future><nested a=\"1\">x</nested><nested/><deep><er>1</er></deep></future>",
      "<futureDevice"
          + z
          + "type=\"VirtualFlux\"><key>9000</key><power>1.21</power></futureDevice>",
      "<list" + z + "type=\"ArrayOfFlux\"><Flux><key>1</key></Flux></list>",
      "<number" + z + "type=\"xsd:hyperlong\">99999999999999999999999</number>",
      "<gone" + z + "nil=\"true\"/>",
      "<!-- a comment --><when" + z + "type=\"xsd:dateTime\">in the year 2525</when>",
    };
    Matcher end = END.matcher(text);
    StringBuilder out = new StringBuilder();
    while (end.find()) {
      // Behind a structure's last element, where schemas grow.
      boolean structure = text.charAt(end.start() - 1) == '>';
      boolean fits = structure && isStructure(end.group());
      String added = fits && random.nextInt(4) == 0 ? more[random.nextInt(more.length)] : "";
      end.appendReplacement(out, Matcher.quoteReplacement(added + end.group()));
    }
    end.appendTail(out);
    return out.toString();
  }

  /** Arrays grow by items, not by other elements; the envelope does not grow. */
  private static boolean isStructure(String end) {
    return !end.equals("</val>") && !end.equals("</Body>") && !end.equals("</Envelope>");
  }

  @Test
  void takesUnknownTypesAndWordsForUnknown() {
    List<SourceVm> before = vms(list());
    proxy.when(
        call ->
            call.method().equals("RetrievePropertiesEx") && call.body().contains("config.hardware"),
        1,
        FaultProxy.changing(
            text ->
                ATTRIBUTE
                    .matcher(text)
                    .replaceAll(
                        m ->
                            m.group(1).equals("VirtualCdrom")
                                ? ":type=\"VirtualHologramReader\""
                                : m.group())
                    .replace(">poweredOn<", ">levitating<")
                    .replace(">high</level>", ">telepathic</level>")));
    List<SourceVm> after = vms(list());
    assertEquals(before.size(), after.size());
    assertEquals(before.get(0).disks(), after.get(0).disks());
    assertEquals(dev.drover.mappings.model.PowerState.UNKNOWN, after.get(0).power());
    assertTrue(
        after.get(0).devices().stream()
            .anyMatch(d -> d.kind() == dev.drover.mappings.model.SourceDevice.Kind.OTHER),
        after.get(0).devices().toString());
  }
}
