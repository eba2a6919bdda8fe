package jp.sekisho.integrationtests.docker;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of a PromQL expression: the metrics that it reads, and the labels that it asks of any of them.
 *
 * @param labels without those that Prometheus adds itself
 */
public record Query(Set<String> metrics, Set<String> labels) {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*(?!\\w)(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Set<String> PROMETHEUS = Set.of("instance", "job");

    /** @param expression as Grafana has it, with its variables */
    public static Query of(String expression) {
        String plain = STRING.matcher(expression).replaceAll("");
        Set<String> labels = Stream.concat(
                        MATCHERS.matcher(plain)
                                .results()
                                .flatMap(
                                        found -> MATCHER.matcher(found.group(1)).results())
                                .map(found -> found.group(1)),
                        GROUPING.matcher(plain)
                                .results()
                                .flatMap(found -> Stream.of(found.group(1).split(",")))
                                .map(String::strip))
                .filter(label -> !label.isEmpty() && !PROMETHEUS.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
        String bare = plain;
        for (Pattern noise : List.of(RANGE, MATCHERS, GROUPING)) {
            bare = noise.matcher(bare).replaceAll(" ");
        }
        // A function or an aggregation stands before a bracket, which a grouping may have hidden.
        String withoutAggregations = bare.replaceAll("\\b(?:sum|min|max|avg|count)\\b(?=\\s*\\()", " ");
        Set<String> metrics = NAME.matcher(withoutAggregations)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Query(metrics, labels);
    }
}
