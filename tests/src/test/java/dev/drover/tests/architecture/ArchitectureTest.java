package dev.drover.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions of docs/architecture.md, over the compiled classes of all modules. */
class ArchitectureTest {
  private static final String ROOT = "dev.drover..";
  private static final String MAPPINGS = "dev.drover.mappings..";
  private static final String IMPORTERS = "dev.drover.importers..";
  private static final String IMPORTER_API = "dev.drover.importers.api..";
  private static final String CONVERTERS = "dev.drover.converters..";
  private static final String CONVERTER_PORT = "dev.drover.converters";
  private static final String KUBE = "dev.drover.kube..";
  private static final String KUBE_PORT = "dev.drover.kube";
  private static final String BATCH = "dev.drover.batch..";

  private static JavaClasses drover = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readClasses() {
    drover =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.drover");
  }

  @Test
  void seesEveryModule() {
    for (String module : new String[] {MAPPINGS, IMPORTERS, CONVERTERS, KUBE, BATCH}) {
      assertTrue(drover.stream().anyMatch(resideInAPackage(module)), module);
    }
  }

  @Test
  void mappingsKnowsNoOtherModuleAndOnlyItsLibraries() {
    classes()
        .that()
        .resideInAPackage(MAPPINGS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                MAPPINGS,
                "java..",
                "org.jspecify..",
                "com.fasterxml.jackson..",
                "tools.jackson..",
                "com.networknt..",
                "org.snakeyaml.engine..",
                "dev.cel..",
                // CEL's types are written with Guava's collections; the compiler names them.
                "com.google..",
                "jakarta.validation.."))
        .check(drover);
  }

  /** The language of a policy's rules stays behind {@code RuleExpression}. */
  @Test
  void onlyTheAssessmentKnowsCel() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.drover.mappings.assess..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.cel..", "com.google.common.."))
        .check(drover);
  }

  @Test
  void theModelAndTheMappingTouchNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.drover.mappings.model..",
            "dev.drover.mappings.target..",
            "dev.drover.mappings.progress..",
            "dev.drover.kube.manifest..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql.."))
        .check(drover);
  }

  @Test
  void importersKnowTheModelAndTheirPortAlone() {
    noClasses()
        .that()
        .resideInAPackage(IMPORTERS)
        .should()
        .dependOnClassesThat(resideInAnyPackage(CONVERTERS, KUBE, BATCH))
        .check(drover);
  }

  @Test
  void noImporterKnowsAnother() {
    SlicesRuleDefinition.slices()
        .matching("dev.drover.importers.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(IMPORTER_API))
        .check(drover);
  }

  @Test
  void nothingKnowsAnImporterButItsPort() {
    noClasses()
        .that(resideOutsideOfPackages(IMPORTERS))
        .should()
        .dependOnClassesThat(resideInAPackage(IMPORTERS).and(resideOutsideOfPackages(IMPORTER_API)))
        .check(drover);
  }

  @Test
  void convertersKnowOnlyTheModel() {
    noClasses()
        .that()
        .resideInAPackage(CONVERTERS)
        .should()
        .dependOnClassesThat(resideInAnyPackage(IMPORTERS, KUBE, BATCH))
        .check(drover);
  }

  @Test
  void theTargetKnowsOfConvertersOnlyThePort() {
    noClasses()
        .that()
        .resideInAPackage(KUBE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(IMPORTERS, BATCH)
                .or(resideInAPackage(CONVERTERS).and(resideOutsideOfPackages(CONVERTER_PORT))))
        .check(drover);
  }

  @Test
  void batchJobsKnowPortsAndNoRoomBehindThem() {
    noClasses()
        .that()
        .resideInAPackage(BATCH)
        .should()
        .dependOnClassesThat(
            resideInAPackage(CONVERTERS)
                .and(resideOutsideOfPackages(CONVERTER_PORT))
                .or(
                    resideInAPackage(KUBE)
                        .and(resideOutsideOfPackages(KUBE_PORT, "dev.drover.kube.manifest"))))
        .check(drover);
  }

  @Test
  void renderingKnowsNoClient() {
    noClasses()
        .that()
        .resideInAPackage("dev.drover.kube.manifest..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.fabric8..", "dev.drover.kube.cluster..", "dev.drover.kube.directory.."))
        .check(drover);
  }

  @Test
  void libraryTypesStayInTheirRooms() {
    stays("io.fabric8..", "dev.drover.kube.cluster..");
    stays("org.apache.commons.exec..", "dev.drover.converters..", BATCH);
    stays("com.vmware..", "dev.drover.importers.vsphere..");
    stays("org.springframework..", BATCH);
    stays("picocli..", "dev.drover.batch.cli..");
    stays("org.apache.commons.compress..", IMPORTERS, CONVERTERS);
  }

  private static void stays(String library, String... rooms) {
    noClasses()
        .that(resideInAPackage(ROOT).and(resideOutsideOfPackages(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(drover);
  }

  @Test
  void onlyTheCommandLineWritesToTheTerminal() {
    noClasses()
        .that(resideOutsideOfPackages("dev.drover.batch.cli.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(drover);
  }

  /** A chroot, as builds run in one, has no mount point; {@code File.getUsableSpace} needs none. */
  @Test
  void nothingLooksForItsFileSystemInTheMountTable() {
    noClasses()
        .should()
        .callMethod(Files.class, "getFileStore", Path.class)
        .because("in a chroot the file system of / is in no mount table")
        .check(drover);
  }

  @Test
  void namesSayWhatAClassDoes() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(drover);
  }

  @Test
  void everyPackageIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass one : drover) {
      boolean marked =
          one.getPackage()
              .tryGetPackageInfo()
              .map(info -> info.isAnnotatedWith(NullMarked.class))
              .orElse(false);
      if (!marked) {
        unmarked.add(one.getPackageName());
      }
    }
    assertTrue(unmarked.isEmpty(), "without @NullMarked: " + unmarked);
  }
}
