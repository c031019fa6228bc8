import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files against one of veraPDF's profiles: java Vera PDFUA-1 FILE ...
 *
 * Prints lines of fields with tabs between them: first "rules" and how many rules the profile has; for each file
 * "checked", its path and how many checks were made; before that, for each rule that it breaks, "broken", the path,
 * the rule, how often, what the rule says and where it is broken first.
 */
public class Vera {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = read(arguments[0]);
        print("rules", profile.getRules().size());
        for (int i = 1; i < arguments.length; i++) {
            check(arguments[i], profile);
        }
    }

    private static void check(String path, ValidationProfile profile) {
        var foundry = Foundries.defaultInstance();
        try (PDFAParser parser = foundry.createParser(new File(path), profile.getPDFAFlavour())) {
            // All failures, without the checks that passed, with the messages filled in, without a log.
            ValidationResult result = foundry.createValidator(profile, -1, false, true, false).validate(parser);
            var first = new LinkedHashMap<RuleId, TestAssertion>();
            for (TestAssertion one : result.getTestAssertions()) {
                first.putIfAbsent(one.getRuleId(), one);
            }
            for (Map.Entry<RuleId, TestAssertion> broken : first.entrySet()) {
                RuleId rule = broken.getKey();
                TestAssertion one = broken.getValue();
                String said = one.getErrorMessage() == null ? one.getMessage() : one.getErrorMessage();
                print("broken", path, rule.getClause() + "-" + rule.getTestNumber(),
                        result.getFailedChecks().get(rule), said, one.getLocation().getContext());
            }
            if (first.isEmpty() && !result.isCompliant()) {
                print("broken", path, "?", 1, "does not conform, and veraPDF does not say why", "the whole");
            }
            print("checked", path, result.getTotalAssertions());
        } catch (Exception error) {
            print("broken", path, "?", 1, "can't be read: " + error, "the whole");
        }
    }

    private static void print(Object... fields) {
        var line = new ArrayList<String>();
        for (Object field : fields) {
            line.add(String.valueOf(field).replaceAll("\\s+", " "));
        }
        System.out.println(String.join("\t", line));
    }

    /** Reads a profile that the jar carries. veraPDF's own reader needs JAXB, which neither the jar nor Java has. */
    private static ValidationProfile read(String name) throws Exception {
        Document document;
        try (InputStream xml = Vera.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(document.getDocumentElement(), "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : all(document.getDocumentElement(), "variable")) {
            variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                    text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.valueOf(document.getDocumentElement().getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        Element error = all(rule, "error").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element one : all(error, "argument")) {
            String name = one.getAttribute("name");
            arguments.add(ErrorArgumentImpl.fromValues(one.getTextContent(), name.isEmpty() ? null : name, null));
        }
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred),
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments), Collections.emptyList());
    }

    private static List<Element> all(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
