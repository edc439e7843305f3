package dev.drover.batch.cli;

import dev.drover.converters.Engine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who reads images. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      converter = Word.class,
      description =
          "Who reads images: drover, or qemu-img to get around a fault of Drover's. What a source"
              + " serves itself is Drover's to read in any case. It stays with the run.")
  private @Nullable Engine engine;

  /** Null where the user did not say. */
  @Nullable Engine engine() {
    return engine;
  }

  /** As the user types it. */
  static final class Word implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String word) {
      for (Engine engine : Engine.values()) {
        if (engine.word().equals(word)) {
          return engine;
        }
      }
      throw new TypeConversionException("expected drover or qemu-img, not \"" + word + "\"");
    }
  }
}
