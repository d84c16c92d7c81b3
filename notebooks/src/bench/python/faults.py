"""Pairs of runs in which exactly one thing was changed, and which step that shows in.

Each is recorded twice, once with what stands in "before" and once with what stands in "after".
{{url}} is a web server of the suite's own, {{quick}} a folder whose listings come in the order in
which its files were made.
"""

from collections import namedtuple

Fault = namedtuple("Fault", "cause name step cells before after short", defaults=[False])

LINES = "java.nio.file.Files.readString(java.nio.file.Path.of(\"%s\"))"
GET = """new String(new java.net.URL("{{url}}/%s").openStream().readAllBytes())"""
CLIENT = """var client = java.net.http.HttpClient.newHttpClient();
var asked = java.net.http.HttpRequest.newBuilder(java.net.URI.create("{{url}}/%s")).build();
var reply = client.send(asked, java.net.http.HttpResponse.BodyHandlers.ofString());
reply.statusCode() + " " + reply.body()"""
TOOL = """var loader = Thread.currentThread().getContextClassLoader();
new String(loader.getResourceAsStream("version.txt").readAllBytes())"""
SHELL = """var child = new ProcessBuilder("sh", "%s").start();
new String(child.getInputStream().readAllBytes())"""
CODEC = "org.apache.commons.codec.digest.DigestUtils.class.getPackage().getImplementationVersion()"


def options(*words):
    return {"env": {"JDK_JAVA_OPTIONS": " ".join(words)}}


def cells(*sources):
    return {"cells": list(sources)}


FAULTS = [
    Fault("parameter", "number", 1, None,
          cells("double rate = 0.1;", "rate * 100"), cells("double rate = 0.2;", "rate * 100")),
    Fault("parameter", "text", 1, None,
          cells('String name = "iris";', "int n = 5;", "name.repeat(n)"),
          cells('String name = "wine";', "int n = 5;", "name.repeat(n)")),
    Fault("parameter", "one of three", 1, None,
          cells("int a = 1; int b = 2; int c = 3;", "a + 10 * b"),
          cells("int a = 1; int b = 7; int c = 4;", "a + 10 * b")),

    Fault("code", "body of a cell", 2, None,
          cells("int[] all = {1, 2, 3};", "java.util.Arrays.stream(all).sum()"),
          cells("int[] all = {1, 2, 3};", "java.util.Arrays.stream(all).max().getAsInt()")),
    Fault("code", "method used later", 3, None,
          cells("int f(int x) { return x * x; }", "int y = 3;", "f(y)"),
          cells("int f(int x) { return x + x; }", "int y = 3;", "f(y)")),
    Fault("code", "loaded file", 2, ["%load Tool.jsh", "tool()"],
          {"files": {"Tool.jsh": 'String tool() { return "first"; }\n'}},
          {"files": {"Tool.jsh": 'String tool() { return "second"; }\n'}}),

    Fault("cell ran twice", "counter", 4, None,
          cells("var all = new ArrayList<Integer>();", "all.add(4);", "all.size()"),
          cells("var all = new ArrayList<Integer>();", "all.add(4);", "all.add(4);", "all.size()")),
    Fault("cell ran twice", "scaling", 4, None,
          cells("double[] x = {1, 2};", "x[0] *= 10;", "x[0]"),
          cells("double[] x = {1, 2};", "x[0] *= 10;", "x[0] *= 10;", "x[0]")),
    Fault("cell ran twice", "in the middle of others", 5, None,
          cells("int n = 1;", "n = n * 3;", 'String s = "n";', "s + n"),
          cells("int n = 1;", "n = n * 3;", 'String s = "n";', "n = n * 3;", "s + n")),

    Fault("cell deleted", "statement", 2, None,
          cells("var all = new TreeSet<Integer>(List.of(1, 2));", "all.remove(1);", "all"),
          cells("var all = new TreeSet<Integer>(List.of(1, 2));", "all")),
    Fault("cell deleted", "definition, so that a later one fails", 2, None,
          cells("int a = 1;", "int b = 2;", "a + b"), cells("int a = 1;", "a + b")),
    Fault("cell deleted", "setting of a property", 2, None,
          cells('System.setProperty("mode", "strict");', "int n = 1;",
                'System.getProperty("mode")'),
          cells("int n = 1;", 'System.getProperty("mode")')),

    Fault("input bytes", "table", 1, [LINES % "table.csv" + ".lines().count()"],
          {"files": {"table.csv": "1\n2\n"}}, {"files": {"table.csv": "1\n2\n3\n"}}, True),
    Fault("input bytes", "one of eight", 1,
          ["""int sum = 0;
for (int i = 0; i < 8; i++)
  sum += Integer.parseInt(java.nio.file.Files.readString(java.nio.file.Path.of(i + ".txt")));
sum"""],
          {"files": {"%d.txt" % i: str(i) for i in range(8)}},
          {"files": {"%d.txt" % i: str(i if i != 5 else 50) for i in range(8)}}),
    Fault("input bytes", "file that is not there", 1, ['new java.io.File("flag").exists()'],
          {"files": {"flag": ""}}, {"remove": ["flag"]}),

    Fault("directory order", "File.list", 1,
          ['String.join(" ", new java.io.File("{{quick}}").list())'],
          {"quick": "abcdefgh"}, {"quick": "hagbfced"}),
    Fault("directory order", "Files.list", 2,
          ["int n = 1;",
           """java.nio.file.Files.list(java.nio.file.Path.of("{{quick}}"))
    .map(p -> p.getFileName().toString()).reduce("", String::concat)"""],
          {"quick": "abcdefgh"}, {"quick": "cadbehgf"}),
    Fault("directory order", "DirectoryStream", 1,
          ["""var names = new StringBuilder();
try (var all = java.nio.file.Files.newDirectoryStream(java.nio.file.Path.of("{{quick}}"))) {
  for (var p : all) names.append(p.getFileName());
}
names.toString()"""],
          {"quick": "xyzuvw"}, {"quick": "zwyvxu"}),

    Fault("network reply", "URL", 1, [GET % "rate"],
          {"replies": {"/rate": (200, "1.10")}}, {"replies": {"/rate": (200, "1.25")}}),
    Fault("network reply", "HttpClient", 1, [CLIENT % "list"],
          {"replies": {"/list": (200, "a b")}}, {"replies": {"/list": (200, "a b c")}}),
    Fault("network reply", "status", 1, [CLIENT % "page"],
          {"replies": {"/page": (200, "here")}}, {"replies": {"/page": (404, "gone")}}),

    Fault("child process", "script", 1, [SHELL % "tool.sh"],
          {"files": {"tool.sh": "echo first\n"}}, {"files": {"tool.sh": "echo second\n"}}),
    Fault("child process", "Python", 1,
          ["""var child = new ProcessBuilder("/usr/bin/python3", "tool.py").start();
new String(child.getInputStream().readAllBytes())"""],
          {"files": {"tool.py": "print(6 * 7)\n"}}, {"files": {"tool.py": "print(6 * 8)\n"}}),
    Fault("child process", "what it reads by itself", 2,
          ["int n = 1;",
           """var child = new ProcessBuilder("cat", "{{outside}}/state").start();
new String(child.getInputStream().readAllBytes())"""],
          {"outside": {"state": "calm\n"}}, {"outside": {"state": "busy\n"}}),

    Fault("dependency jar", "jar in the folder", 1, ["%jars tool.jar\n" + TOOL],
          {"jars": {"tool.jar": {"version.txt": "1"}}},
          {"jars": {"tool.jar": {"version.txt": "2"}}}),
    Fault("dependency jar", "version from Maven", 1, None,
          cells("%maven commons-codec:commons-codec:1.16.0\n" + CODEC),
          cells("%maven commons-codec:commons-codec:1.17.1\n" + CODEC)),
    Fault("dependency jar", "one of five", 1,
          ["%jars a.jar\n%jars b.jar\n%jars c.jar\n%jars d.jar\n%jars e.jar", TOOL],
          {"jars": {**{name + ".jar": {name + ".txt": name} for name in "abde"},
                    "c.jar": {"version.txt": "1"}}},
          {"jars": {"c.jar": {"version.txt": "2"}}}),

    Fault("locale", "decimal comma", 1, ['String.format("%,.2f", 1234.5)'],
          options("-Duser.language=en", "-Duser.country=US"),
          options("-Duser.language=de", "-Duser.country=DE")),
    Fault("locale", "Turkish i", 1, ['"TITLE".toLowerCase()'],
          options("-Duser.language=en"), options("-Duser.language=tr")),
    Fault("locale", "names of days", 2,
          ["var day = java.time.DayOfWeek.MONDAY;",
           "day.getDisplayName(java.time.format.TextStyle.FULL, Locale.getDefault())"],
          options("-Duser.language=fr"), options("-Duser.language=es")),

    Fault("time zone", "date of a moment", 1, ["new Date(0L).toString()"],
          {"env": {"TZ": "America/New_York"}}, {"env": {"TZ": "Asia/Tokyo"}}),
    Fault("time zone", "day of a moment", 2,
          ["var then = java.time.Instant.ofEpochSecond(1_700_000_000L);",
           "then.atZone(java.time.ZoneId.systemDefault()).toLocalDateTime()"],
          {"env": {"TZ": "UTC"}}, {"env": {"TZ": "Asia/Kolkata"}}),
    Fault("time zone", "calendar", 1,
          ["var c = Calendar.getInstance(); c.setTimeInMillis(0); c.get(Calendar.HOUR_OF_DAY)"],
          options("-Duser.timezone=Europe/Berlin"), options("-Duser.timezone=Pacific/Auckland")),

    Fault("encoding", "bytes of a text", 1, [r'"Z\u00fcrich".getBytes().length'],
          options("-Dfile.encoding=UTF-8"), options("-Dfile.encoding=ISO-8859-1")),
    Fault("encoding", "text of a file", 1,
          ['new Scanner(new java.io.File("name.txt")).next().length()'],
          {"files": {"name.txt": "Z\u00fcrich"}, **options("-Dfile.encoding=UTF-8")},
          options("-Dfile.encoding=ISO-8859-1")),
    Fault("encoding", "default charset", 2,
          ["int n = 1;", "java.nio.charset.Charset.defaultCharset().name()"],
          options("-Dfile.encoding=UTF-8"), options("-Dfile.encoding=ISO-8859-1")),

    Fault("line separator", "String.format", 1, ['String.format("a%nb").length()'],
          {}, {"argument file": '-Dline.separator="\\r\\n"', **options("@{{folder}}/arguments")}),
    Fault("line separator", "written file", 2,
          ['var f = new java.io.File("out.txt");',
           'try (var out = new java.io.PrintWriter(f)) { out.println("x"); }\nf.length()'],
          {}, {"argument file": '-Dline.separator="\\r\\n"', **options("@{{folder}}/arguments")}),
    Fault("line separator", "lineSeparator", 1, ["System.lineSeparator().length()"],
          {}, {"argument file": '-Dline.separator="\\r\\n"', **options("@{{folder}}/arguments")}),

    Fault("environment variable", "mode", 1, ['System.getenv("MODE")'],
          {"env": {"MODE": "quick"}}, {"env": {"MODE": "exact"}}),
    Fault("environment variable", "limit", 2,
          ["int n = 50;", 'Math.min(n, Integer.parseInt(System.getenv("LIMIT")))'],
          {"env": {"LIMIT": "10"}}, {"env": {"LIMIT": "20"}}),
    Fault("environment variable", "not set", 1,
          ['System.getenv("EXTRA") == null ? "plain" : "extra"'], {}, {"env": {"EXTRA": "1"}}),

    Fault("thread count", "processors", 1, ["Runtime.getRuntime().availableProcessors()"],
          {}, {"taskset": "0"}),
    Fault("thread count", "pool", 1,
          ["new java.util.concurrent.ForkJoinPool().getParallelism()"], {}, {"taskset": "0"}),
    Fault("thread count", "sum in as many parts", 1,
          ["int parts = Runtime.getRuntime().availableProcessors();",
           """double total = 0;
for (int p = 0; p < parts; p++) {
  double sum = 0;
  for (int i = p; i < 1000; i += parts) sum += 1.0 / (i + 1);
  total += sum;
}
total"""], {}, {"taskset": "0"}),

    # A set of n has some 2n orders, so one of ten comes out alike in every twentieth pair of runs.
    Fault("hash order", "Set.of", 1,
          ["Set.of(java.util.stream.IntStream.range(0, 999).boxed().toArray(Integer[]::new))"
           ".toString()"], {}, {}),
    Fault("hash order", "Map.of", 1,
          ["Map.copyOf(java.util.stream.IntStream.range(0, 999).boxed()"
           ".collect(java.util.stream.Collectors.toMap(i -> i, i -> -i))).toString()"], {}, {}),
    Fault("hash order", "toSet", 2,
          ["var words = java.util.stream.IntStream.range(0, 999).mapToObj(\"w%d\"::formatted).toList();",
           "String.join(\" \", Set.copyOf(words))"], {}, {}),

    Fault("seed", "Random", 1, ["new Random().nextInt()"], {}, {}, True),
    Fault("seed", "Math.random", 3,
          ["int n = 3;", "double[] x = new double[n];", "x[0] = Math.random();\nx[0]"], {}, {}),
    Fault("seed", "shuffle", 2,
          ["var all = new ArrayList<Integer>(); for (int i = 0; i < 50; i++) all.add(i);",
           "Collections.shuffle(all);\nall.toString()"], {}, {}),

    Fault("clock", "millis", 1, ["System.currentTimeMillis()"], {}, {}),
    Fault("clock", "instant", 2, ["int n = 1;", "java.time.Instant.now().toString()"], {}, {}),
    Fault("clock", "seed from the clock", 1, ["new Random(System.nanoTime()).nextInt()"], {}, {}),

    Fault("JDK", "version", 1, ["Runtime.version().feature()"], {}, {"jdk": "other"}),
    Fault("JDK", "digits of a number", 1, ["2e23"], {}, {"jdk": "other"}),
    Fault("JDK", "methods of a list", 2,
          ["var type = List.class;", "type.getMethods().length"], {}, {"jdk": "other"}),
]

SAME = [
    Fault(None, "plain sum", None, ["1 + 1", "int a = 2;", "a * 3"], {}, {}, True),
    Fault(None, "drawn and not shown", None, ["{ new Random().nextInt(); }", "7"], {}, {}),
    Fault(None, "seeded", None, ["new Random(7).nextInt()"], {}, {}),
    Fault(None, "clock looked at", None, ["long t = 0;\n{ System.nanoTime(); }", "t"], {}, {}),
    Fault(None, "data not used", None, [LINES % "a.csv"],
          {"files": {"a.csv": "1\n", "b.csv": "1\n"}}, {"files": {"b.csv": "2\n"}}),
    Fault(None, "data changed where it does not count", None,
          [LINES % "a.csv" + ".lines().count()"],
          {"files": {"a.csv": "1\n2\n"}}, {"files": {"a.csv": "5\n6\n"}}),
    Fault(None, "comment", None, None, cells("1 + 1"), cells("// two\n1 + 1")),
    Fault(None, "blank", None, None, cells("int x=4;\nx"), cells("int x = 4;\nx")),
    Fault(None, "time zone not used", None, ["3 * 3"], {"env": {"TZ": "UTC"}},
          {"env": {"TZ": "Asia/Tokyo"}}),
    Fault(None, "locale not used", None, ["Integer.toString(12345)"],
          options("-Duser.language=en"), options("-Duser.language=de")),
    Fault(None, "variable not used", None, ['System.getenv("MODE") != null'],
          {"env": {"MODE": "a"}}, {"env": {"MODE": "b"}}),
    Fault(None, "processors not used", None, ['"x".repeat(3)'], {}, {"taskset": "0"}),
    Fault(None, "other JDK", None, ['String.join("-", List.of("a", "b"))'], {},
          {"jdk": "other"}),
    Fault(None, "sorted listing", None,
          ['var n = new java.io.File("{{quick}}").list(); Arrays.sort(n); String.join("", n)'],
          {"quick": "abcd"}, {"quick": "dbca"}),
    Fault(None, "sorted set", None, ['new TreeSet<>(Set.of("a", "b", "c", "d")).toString()'],
          {}, {}),
    Fault(None, "same reply", None, [GET % "rate"], {"replies": {"/rate": (200, "1.10")}}, {}),
    Fault(None, "same child", None, [SHELL % "tool.sh"],
          {"files": {"tool.sh": "echo same\n"}}, {"files": {"tool.sh": "echo 'same'\n"}}),
    Fault(None, "failure", None, ['throw new IllegalStateException("wanted");'], {}, {}),
    Fault(None, "files written", None,
          [LINES.replace("readString", "writeString").replace('"))', '"), "x").toString()')
           % "out.txt"], {}, {}),
    Fault(None, "classes and records", None,
          ["record P(int x, int y) {}", "new P(1, 2)", "new P(3, 4).x()"], {}, {}),
]
