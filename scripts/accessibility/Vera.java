// Checks PDFs against the machine rules of PDF/UA-1: one line for each file, "pass|fail|error TAB file TAB rules TAB why".
import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Vera {
  public static void main(String[] files) {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
        ValidationResult result = Foundries.defaultInstance().createValidator(flavour, true).validate(parser);
        Map<String, Integer> failed = new TreeMap<>();
        for (TestAssertion test : result.getTestAssertions()) {
          if (test.getStatus() == TestAssertion.Status.FAILED) {
            String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
            failed.merge(rule + " " + test.getMessage().replaceAll("\\s+", " "), 1, Integer::sum);
          }
        }
        boolean passed = result.isCompliant() && result.getTotalAssertions() > 0;
        System.out.println((passed ? "pass" : "fail") + "\t" + file + "\t" + result.getTotalAssertions() + "\t" + failed);
      } catch (Exception error) {
        System.out.println("error\t" + file + "\t0\t" + String.valueOf(error).replaceAll("\\s+", " "));
      }
    }
  }
}
