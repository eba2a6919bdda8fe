package jp.sekisho.policies.mailaddress;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A customer's data at a moment, as far as he is told of a change.
 *
 * @param email empty where he has none
 * @param values everything else, by name; what is blank is absent
 */
// FFAJ-1.5-S2
public record PersonalData(Optional<String> email, Map<String, List<String>> values) {

    public PersonalData {
        email = email.filter(address -> !address.isBlank());
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> filled(entry.getValue())));
    }

    private static List<String> filled(List<String> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** Upper and lower case reach the same inbox. */
    public boolean sameEmail(PersonalData other) {
        return email.map(PersonalData::folded).equals(other.email.map(PersonalData::folded));
    }

    private static String folded(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    /** The names of the values that differ, in order. */
    public Set<String> differing(PersonalData other) {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        names.removeIf(name -> values.getOrDefault(name, List.of()).equals(other.values.getOrDefault(name, List.of())));
        return names;
    }
}
