#include "event/same_event_rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "event/telling_words.hpp"

namespace kharita::event {

namespace {

/// As in the table, in the order of SameEventRules::Sign.
constexpr std::array<std::string_view, SameEventRules::sign_count> sign_names{
    "base",
    "same_sub_event",
    "vague_kind",
    "same_place",
    "same_region",
    "same_name",
    "one_in_other",
    "other_place",
    "other_settlement",
    "one_day_apart",
    "two_days_apart",
    "more_days_apart",
    "undated_one_day_apart",
    "undated_two_days_apart",
    "undated_more_days_apart",
    "after_publication",
    "same_initiator",
    "other_initiator",
    "same_target",
    "other_target",
    "same_killed",
    "near_killed",
    "other_killed",
    "many_killed",
    "same_injured",
    "near_injured",
    "other_injured",
    "same_count",
    "other_count",
    "same_words",
    "mostly_same_words",
    "rare_words",
    "published_same_day",
    "published_days_apart",
    "busy_place",
    "one_of_many",
    "opposite",
    "not_compared",
};

struct Tolerance {
    std::string_view name;
    double SameEventRules::*value;
};

constexpr std::array<Tolerance, 12> tolerances{{
    {"days", &SameEventRules::days},
    {"undated_days", &SameEventRules::undated_days},
    {"longest", &SameEventRules::longest},
    {"busy_days", &SameEventRules::busy_days},
    {"undated_share", &SameEventRules::undated_share},
    {"km_low", &SameEventRules::km_low},
    {"km_high", &SameEventRules::km_high},
    {"number_step", &SameEventRules::number_step},
    {"number_ratio", &SameEventRules::number_ratio},
    {"words", &SameEventRules::words},
    {"words_least", &SameEventRules::words_least},
    {"rare_most", &SameEventRules::rare_most},
}};

/// Rows that only list values.
struct List {
    std::string_view what;
    std::set<std::string, std::less<>> SameEventRules::*values;
};

constexpr std::array<List, 4> lists{{
    {"gives_up", &SameEventRules::givings_up},
    {"mutual", &SameEventRules::mutual},
    {"vague", &SameEventRules::vague},
    {"nobody", &SameEventRules::nobody},
}};

/// The names that a table gave so far.
class Roll {
public:
    void tick(Tsv const& table, std::size_t row) {
        if (!m_seen.emplace(table.cell(row, 1)).second) {
            fail<InputError>("{}: \"{}\" is there twice", table.where(row), table.cell(row, 1));
        }
    }
    bool has(std::string_view name) const { return m_seen.contains(name); }

private:
    std::set<std::string, std::less<>> m_seen;
};

std::unordered_set<std::uint64_t> read_words(std::filesystem::path const& file) {
    Tsv const table{file, {"word"}};
    std::unordered_set<std::uint64_t> words;
    for (std::size_t row = 0; row < table.size(); ++row) {
        for (std::uint64_t const word : words_round(table.cell(row, 0), {}, 1)) {
            words.insert(word);
        }
    }
    return words;
}

[[noreturn]] void refuse(Tsv const& table, std::size_t row) {
    fail<InputError>("{}: there is no {} \"{}\"", table.where(row), table.cell(row, 0), table.cell(row, 1));
}

} // namespace

std::string_view SameEventRules::name(Sign sign) noexcept {
    return sign_names[static_cast<std::size_t>(sign)];
}

SameEventRules SameEventRules::load(std::filesystem::path const& folder) {
    std::filesystem::path const file = folder / "same_event.tsv";
    Tsv const table{file, {"what", "name", "value"}};
    SameEventRules rules;
    Roll weights_seen;
    Roll tolerances_seen;
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string_view const what = table.cell(row, 0);
        std::string_view const name = table.cell(row, 1);
        if (what == "weight") {
            auto const index =
                static_cast<std::size_t>(std::ranges::find(sign_names, name) - sign_names.begin());
            if (index == sign_names.size()) {
                refuse(table, row);
            }
            weights_seen.tick(table, row);
            rules.weights[index] = table.number(row, 2);
        } else if (what == "tolerance") {
            auto const index = static_cast<std::size_t>(
                std::ranges::find(tolerances, name, &Tolerance::name) - tolerances.begin());
            if (index == tolerances.size()) {
                refuse(table, row);
            }
            tolerances_seen.tick(table, row);
            rules.*tolerances[index].value = table.number(row, 2);
        } else if (what == "family") {
            if (!rules.families.emplace(table.cell(row, 2), name).second) {
                fail<InputError>("{}: \"{}\" has a family already", table.where(row), table.cell(row, 2));
            }
        } else if (what == "opposite") {
            rules.opposites.emplace(name, table.cell(row, 2));
            rules.opposites.emplace(table.cell(row, 2), name);
        } else if (what == "also_called") {
            rules.also_called.emplace(name, table.cell(row, 2));
        } else if (auto const list = std::ranges::find(lists, what, &List::what); list != lists.end()) {
            (rules.*list->values).emplace(table.cell(row, 2));
        } else {
            fail<InputError>(
                "{}: \"{}\" is none of weight, tolerance, family, opposite, gives_up, mutual, vague, "
                "nobody and also_called",
                table.where(row), what);
        }
    }
    for (std::string_view const name : sign_names) {
        if (!weights_seen.has(name)) {
            fail<InputError>("{}: the weight \"{}\" is missing", file.string(), name);
        }
    }
    for (Tolerance const& tolerance : tolerances) {
        if (!tolerances_seen.has(tolerance.name)) {
            fail<InputError>("{}: the tolerance \"{}\" is missing", file.string(), tolerance.name);
        }
    }
    rules.common_words = read_words(folder / "common_words.tsv");
    return rules;
}

} // namespace kharita::event
