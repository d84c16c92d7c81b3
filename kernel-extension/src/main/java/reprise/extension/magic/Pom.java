package reprise.extension.magic;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import reprise.extension.cell.CellFailure;

/**
 * The dependencies and repositories of a POM, or of a piece of one.
 *
 * @param dependencies {@code group:artifact:version}, without those for tests
 * @param repositories addresses by name
 */
record Pom(List<String> dependencies, Map<String, String> repositories) {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  static Pom of(String text) {
    Element root = parsed(text);
    Map<String, String> properties = new HashMap<>();
    for (Element group : children(root, "properties")) {
      elements(group)
          .forEach(each -> properties.put(each.getTagName(), each.getTextContent().trim()));
    }
    Map<String, String> repositories = new LinkedHashMap<>();
    for (Element each : listed(root, "repositories", "repository")) {
      repositories.put(text(each, "id", properties), text(each, "url", properties));
    }
    Map<String, String> managed = new HashMap<>();
    for (Element management : children(root, "dependencyManagement")) {
      for (Element each : listed(management, "dependencies", "dependency")) {
        managed.put(name(each, properties), text(each, "version", properties));
      }
    }
    List<String> dependencies = new ArrayList<>();
    List<Element> all = new ArrayList<>(listed(root, "dependencies", "dependency"));
    all.addAll(children(root, "dependency"));
    for (Element each : all) {
      if (!List.of("test", "provided").contains(text(each, "scope", properties))) {
        dependencies.add(coordinates(each, properties, managed));
      }
    }
    return new Pom(dependencies, repositories);
  }

  private static String coordinates(
      Element dependency, Map<String, String> properties, Map<String, String> managed) {
    String name = name(dependency, properties);
    String version = text(dependency, "version", properties);
    String known = version.isEmpty() ? managed.getOrDefault(name, "") : version;
    if (known.isEmpty()) {
      throw CellFailure.of("NotResolved", "The POM gives no version of " + name + "; add one.");
    }
    String type = text(dependency, "type", properties);
    String classifier = text(dependency, "classifier", properties);
    String extension = type.isEmpty() ? "jar" : type;
    return classifier.isEmpty()
        ? name + (extension.equals("jar") ? "" : ":" + extension) + ":" + known
        : name + ":" + extension + ":" + classifier + ":" + known;
  }

  private static String name(Element dependency, Map<String, String> properties) {
    return text(dependency, "groupId", properties)
        + ":"
        + text(dependency, "artifactId", properties);
  }

  private static Element parsed(String text) {
    String xml = text.strip().replaceFirst("^<\\?xml.*?\\?>", "");
    String whole = xml.contains("<project") ? xml : "<project>" + xml + "</project>";
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(whole))).getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw CellFailure.of("NotResolved", "This is not a POM: " + e.getMessage());
    }
  }

  private static List<Element> listed(Element parent, String list, String item) {
    List<Element> items = new ArrayList<>();
    children(parent, list).forEach(group -> items.addAll(children(group, item)));
    return items;
  }

  private static List<Element> children(Element parent, String name) {
    return elements(parent).stream().filter(each -> each.getTagName().equals(name)).toList();
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static String text(Element parent, String name, Map<String, String> properties) {
    @Nullable Element found = children(parent, name).stream().findFirst().orElse(null);
    return found == null
        ? ""
        : PROPERTY
            .matcher(found.getTextContent().trim())
            .replaceAll(
                use ->
                    Matcher.quoteReplacement(properties.getOrDefault(use.group(1), use.group())));
  }
}
