package dev.drover.importers.api;

/**
 * A user and a password. They are shown nowhere: {@link #toString} hides both.
 *
 * @param username not blank
 * @param password may hold any character
 */
public record Credentials(String username, String password) {
  public Credentials {
    if (username.isBlank()) {
      throw new IllegalArgumentException("credentials without a user");
    }
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
