package dev.patchgrad.reports.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown document, taken apart.
 *
 * @param path within the project, with slashes
 * @param text the whole file
 * @param prose paragraphs, list items and headings as text, each from the line that it begins in
 * @param spans code within a line
 * @param blocks code that stands by itself, without the Java and XML among it
 * @param commands code in the first column of a table that is headed "command"
 * @param links destinations of links and pictures
 * @param anchors what a link may name after a #
 * @param tableLines lines that are rows of tables, from 1
 */
record Document(
    String path,
    String text,
    List<Prose> prose,
    List<Passage> spans,
    List<Passage> blocks,
    List<Passage> commands,
    List<Passage> links,
    Set<String> anchors,
    Set<Integer> tableLines) {

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  private static final Pattern LINE = Pattern.compile("\\R");

  /** Copies the collections. */
  Document {
    prose = List.copyOf(prose);
    spans = List.copyOf(spans);
    blocks = List.copyOf(blocks);
    commands = List.copyOf(commands);
    links = List.copyOf(links);
    anchors = Set.copyOf(anchors);
    tableLines = Set.copyOf(new HashSet<>(tableLines));
  }

  /** A file of the project. */
  static Document read(Path project, Path file) throws IOException {
    String path = project.relativize(file).toString().replace('\\', '/');
    return of(path, Files.readString(file));
  }

  /** A text as if it were a file of the project. */
  static Document of(String path, String text) {
    Node root = PARSER.parse(text);
    DocumentReader reader = new DocumentReader();
    root.accept(reader);
    return reader.document(path, text);
  }

  /** The lines of the file. */
  List<String> lines() {
    return List.of(LINE.split(text, -1));
  }

  /** Something that is wrong in this document. */
  Finding finding(int line, String message) {
    return new Finding(path, line, message);
  }
}
