package dev.patchgrad.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the dictionary that an .npy file's header is: a literal of Python's with strings, integers,
 * True, False, tuples and lists, written by any version of NumPy.
 *
 * <p>Values become {@link String}, {@link Long}, {@link Boolean}, {@link List} for a tuple; a list,
 * which only a structured type has, becomes a {@link Structure}.
 */
final class PythonLiteral {
  /** A value that is read over, as it stands in the text. */
  record Structure(String text) {}

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * The entries of a dictionary.
   *
   * @param text the dictionary, with blanks around it
   * @return its values by their keys
   * @throws IllegalArgumentException if it is none, or a key stands twice; the message says where
   */
  static Map<String, Object> dictionary(String text) {
    PythonLiteral literal = new PythonLiteral(text);
    Map<String, Object> entries = new LinkedHashMap<>();
    literal.expect('{');
    while (!literal.next('}')) {
      if (!(literal.value() instanceof String key)) {
        throw literal.refuse("a key in quotes");
      }
      literal.expect(':');
      if (entries.put(key, literal.value()) != null) {
        throw literal.refuse("no second '" + key + "'");
      }
      if (!literal.next(',')) {
        literal.expect('}');
        break;
      }
    }
    literal.skipBlanks();
    if (literal.at < text.length()) {
      throw literal.refuse("the end");
    }
    return entries;
  }

  private Object value() {
    skipBlanks();
    char first = peek();
    if (first == '\'' || first == '"') {
      return string(first);
    }
    // Python 2 marks a string of Unicode, and Python 3 one of bytes.
    if ((first == 'u' || first == 'b') && at + 1 < text.length()) {
      char quote = text.charAt(at + 1);
      if (quote == '\'' || quote == '"') {
        at++;
        return string(quote);
      }
    }
    if (first == '(') {
      return tuple();
    }
    if (first == '[') {
      return list();
    }
    if (text.startsWith("True", at)) {
      at += "True".length();
      return true;
    }
    if (text.startsWith("False", at)) {
      at += "False".length();
      return false;
    }
    return integer();
  }

  private String string(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw refuse("a closing " + quote);
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  /** A tuple of one ends in a comma, and a longer one may. */
  private List<Object> tuple() {
    expect('(');
    List<Object> values = new ArrayList<>();
    while (!next(')')) {
      values.add(value());
      if (!next(',')) {
        expect(')');
        if (values.size() == 1) {
          throw refuse("a comma within a tuple of one");
        }
        break;
      }
    }
    return List.copyOf(values);
  }

  private Structure list() {
    int start = at;
    int depth = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (depth == 0) {
        at++;
        return new Structure(text.substring(start, at));
      }
    }
    throw refuse("a closing ]");
  }

  private Long integer() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    // Python 2 ends a long integer in L.
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      at = start;
      IllegalArgumentException refusal = refuse("a value");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private boolean next(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!next(wanted)) {
      throw refuse("'" + wanted + "'");
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw refuse("a value");
    }
    return text.charAt(at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException refuse(String expected) {
    return new IllegalArgumentException(
        "header " + text.strip() + " found; expected " + expected + " at character " + at);
  }
}
