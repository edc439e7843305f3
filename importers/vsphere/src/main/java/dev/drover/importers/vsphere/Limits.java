package dev.drover.importers.vsphere;

import java.time.Duration;

/**
 * What a connection waits for and takes.
 *
 * @param connect until the connection stands
 * @param answer until the last byte of an answer, however slowly it drips
 * @param answerBytes the largest answer; 500 VMs are about 6 MB, and a server that does not page
 *     sends 118 MB for 10,000
 * @param tries how often a call is sent that may be sent again
 * @param page objects an answer; 500 measured best between round trips and memory
 * @param pause before the second try; doubled for each further one
 * @param work of what takes longer than an answer
 */
record Limits(
    Duration connect,
    Duration answer,
    long answerBytes,
    int tries,
    Duration pause,
    int page,
    Work work) {
  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofMinutes(5),
          256L << 20,
          4,
          Duration.ofSeconds(1),
          500,
          Work.USUAL);

  /**
   * Tasks of the server, and copies.
   *
   * @param task until it ended; a snapshot of a busy disk of some TiB is removed in hours
   * @param sign between two signs of life of a lease, which ends after 5 minutes without
   * @param piece bytes of a file that one request asks for
   * @param busy how long another task on a VM is waited for: the 5 minutes that the export of a
   *     process that was killed lives on, and some
   * @param ahead requests under way for one disk; together with {@code piece} its memory
   */
  record Work(Duration task, Duration sign, Duration busy, int piece, int ahead) {
    static final Work USUAL =
        new Work(Duration.ofHours(6), Duration.ofSeconds(30), Duration.ofSeconds(330), 8 << 20, 4);
  }

  Limits withAnswer(Duration time) {
    return new Limits(
        connect.compareTo(time) > 0 ? time : connect, time, answerBytes, tries, pause, page, work);
  }

  Limits withConnect(Duration most) {
    return connect.compareTo(most) > 0
        ? new Limits(most, answer, answerBytes, tries, pause, page, work)
        : this;
  }
}
