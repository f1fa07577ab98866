package dev.patchgrad.bench.experiments;

import dev.patchgrad.reports.page.Page;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;

/** The page of the experiments: the text of {@code paper.md.ftl}, with what they gave. */
final class PaperPage {
  private static final String TEMPLATE = "paper.md.ftl";

  private PaperPage() {}

  /** The page of some results. */
  static Page of(PaperResults results, Instant time) {
    return new PageReader(TEMPLATE, PaperCharts.of(results))
        .read(markdown(PaperModel.of(results, time)));
  }

  private static String markdown(PaperModel.Root model) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(PaperPage.class, "");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    // Integers without the separators that people put between thousands.
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    StringWriter text = new StringWriter();
    try {
      configuration.getTemplate(TEMPLATE).process(model, text);
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException(TEMPLATE + " cannot be filled in: " + e.getMessage(), e);
    }
    return text.toString();
  }
}
