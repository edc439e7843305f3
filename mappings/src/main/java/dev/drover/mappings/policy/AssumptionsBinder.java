package dev.drover.mappings.policy;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.plan.Durations;
import dev.drover.mappings.policy.SizingPolicy.Prices;
import dev.drover.mappings.yaml.Fields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The numbers of a policy: what a target is sized with, and how fast things are taken to be. */
final class AssumptionsBinder {
  private AssumptionsBinder() {}

  static SizingPolicy sizing(Fields sizing) {
    SizingPolicy usual = SizingPolicy.DEFAULT;
    ByteSize nodeMemory = sizing.size("nodeMemory");
    return new SizingPolicy(
        sizing.number("cpuOvercommit", usual.cpuOvercommit()),
        sizing.number("memoryOvercommit", usual.memoryOvercommit()),
        sizing.number("fill", usual.fill()),
        sizing.integer("spareNodes", usual.spareNodes()),
        sizing.number("spareShare", usual.spareShare()),
        sizing.number("smtThread", usual.smtThread()),
        sizing.integer("vmsPerNode", usual.vmsPerNode()),
        sizing.integer("nodeThreads", usual.nodeThreads()),
        nodeMemory == null ? usual.nodeMemory() : nodeMemory,
        sizing.number("storageReserve", usual.storageReserve()),
        sizing.has("prices") ? prices(sizing.at("prices")) : null);
  }

  private static @Nullable Prices prices(Fields prices) {
    return new Prices(
        prices.required("currency"),
        prices.number("sourceCore"),
        prices.number("sourceTebibyte"),
        prices.number("targetNode"),
        prices.number("targetCore"),
        prices.number("targetTebibyte"));
  }

  static RatesPolicy rates(Fields rates) {
    RatesPolicy usual = RatesPolicy.DEFAULT;
    return new RatesPolicy(
        rates.number("linkMbit", usual.linkMbit()),
        rates.number("hostMiB", usual.hostMiB()),
        rates.number("datastoreMiB"),
        rates.number("targetMiB"),
        rates.map("classMiB", JsonNode::asDouble),
        rates.number("changeShare", usual.changeShare()),
        duration(rates, "shutdown", usual.shutdown()),
        duration(rates, "conversion", usual.conversion()),
        duration(rates, "boot", usual.boot()),
        duration(rates, "checks", usual.checks()),
        rates.integer("engineers", usual.engineers()),
        rates.number("spread", usual.spread()));
  }

  private static Duration duration(Fields map, String key, Duration otherwise) {
    Duration given = map.word(key, Durations::parse);
    return given == null ? otherwise : given;
  }
}
