package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/** Walks through a parsed document, and keeps what the rules ask for. */
final class DocumentReader extends AbstractVisitor {
  private static final Pattern ADDRESS =
      Pattern.compile("\\b(?:href|src|srcset)\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\\b(?:id|name)\\s*=\\s*\"([^\"]*)\"");

  /** Code of these languages is no command. */
  private static final Set<String> LANGUAGES = Set.of("java", "xml", "html", "json", "mermaid");

  private final List<Prose> prose = new ArrayList<>();
  private final List<Passage> spans = new ArrayList<>();
  private final List<Passage> blocks = new ArrayList<>();
  private final List<Passage> commands = new ArrayList<>();
  private final List<Passage> links = new ArrayList<>();
  private final Set<String> anchors = new HashSet<>();
  private final Set<Integer> tableLines = new HashSet<>();
  private final IdGenerator ids = IdGenerator.builder().build();

  private Prose current = new Prose();
  private boolean ofCommands;

  /** What was kept. */
  Document document(String path, String text) {
    return new Document(path, text, prose, spans, blocks, commands, links, anchors, tableLines);
  }

  @Override
  public void visit(Paragraph paragraph) {
    passage(paragraph);
  }

  @Override
  public void visit(Heading heading) {
    passage(heading);
    anchors.add(ids.generateId(textOf(heading)));
  }

  private void passage(Node node) {
    current = new Prose();
    visitChildren(node);
    if (!current.isEmpty()) {
      prose.add(current);
    }
    current = new Prose();
  }

  @Override
  public void visit(Text text) {
    current.add(text.getLiteral(), line(text));
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    current.addSpace();
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    current.addSpace();
  }

  @Override
  public void visit(Code code) {
    current.add(code.getLiteral(), line(code));
    spans.add(new Passage(line(code), code.getLiteral()));
  }

  @Override
  public void visit(Link link) {
    links.add(new Passage(line(link), link.getDestination()));
    visitChildren(link);
  }

  /** A picture's words are read where the picture is not seen: they are no sentence of the text. */
  @Override
  public void visit(Image image) {
    links.add(new Passage(line(image), image.getDestination()));
  }

  @Override
  public void visit(FencedCodeBlock block) {
    // The line of the fence is not the code's.
    keep(block.getInfo() == null ? "" : block.getInfo(), block.getLiteral(), line(block) + 1);
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    keep("", block.getLiteral(), line(block));
  }

  private void keep(String language, String literal, int line) {
    if (!LANGUAGES.contains(language)) {
      blocks.add(new Passage(line, literal));
    }
  }

  @Override
  public void visit(HtmlBlock html) {
    html(html.getLiteral(), line(html));
  }

  @Override
  public void visit(HtmlInline html) {
    html(html.getLiteral(), line(html));
  }

  private void html(String literal, int line) {
    ADDRESS
        .matcher(literal)
        .results()
        .forEach(found -> links.add(new Passage(line, found.group(1))));
    ID.matcher(literal).results().map(found -> found.group(1)).forEach(anchors::add);
  }

  @Override
  public void visit(CustomBlock block) {
    if (block instanceof TableBlock table) {
      for (SourceSpan span : table.getSourceSpans()) {
        tableLines.add(span.getLineIndex() + 1);
      }
      ofCommands = isOfCommands(table);
    }
    visitChildren(block);
    ofCommands = false;
  }

  /** A row, or a cell: its text is no prose. */
  @Override
  public void visit(CustomNode node) {
    Prose outside = current;
    current = new Prose();
    int before = spans.size();
    visitChildren(node);
    if (node instanceof TableCell cell && ofCommands && isFirst(cell) && !cell.isHeader()) {
      commands.addAll(spans.subList(before, spans.size()));
    }
    current = outside;
  }

  private static boolean isOfCommands(TableBlock table) {
    Node head = table.getFirstChild();
    return head instanceof TableHead
        && textOf(head.getFirstChild().getFirstChild()).equals("command");
  }

  private static boolean isFirst(TableCell cell) {
    return cell.getPrevious() == null;
  }

  private static String textOf(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  private static int line(Node node) {
    return node.getSourceSpans().get(0).getLineIndex() + 1;
  }
}
