package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "a,a,true",
    "a,A,false",
    "*,anything,true",
    "a*c,ac,true",
    "a*c,abbc,true",
    "a*c,abcd,false",
    "*b*,abc,true",
    "a.c,abc,false",
    "*ab,aab,true",
    "**,x,true"
  })
  void matches(String pattern, String name, boolean expected) {
    assertEquals(expected, Wildcard.matches(pattern, name));
  }

  @Test
  void aMissingNameIsMatchedByAStarAlone() {
    assertTrue(Wildcard.matches("*", null));
    assertFalse(Wildcard.matches("", null));
  }

  @Test
  void aHostilePatternTakesNoExponentialTime() {
    assertFalse(Wildcard.matches("*a".repeat(500) + "b", "a".repeat(5000)));
  }
}
