#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "text/dates.hpp"

namespace kharita::text {

namespace {

using Role = DateVocabulary::Role;

constexpr std::array<std::pair<std::string_view, Role>, 31> role_names{
    {{"relative", Role::relative},
     {"day_word", Role::day_word},
     {"day_part", Role::day_part},
     {"no_date", Role::no_date},
     {"no_day", Role::no_day},
     {"hour", Role::hour},
     {"day", Role::day},
     {"week", Role::week},
     {"month", Role::month_unit},
     {"year", Role::year},
     {"past", Role::past},
     {"next", Role::next},
     {"current", Role::current},
     {"ago", Role::ago},
     {"since", Role::since},
     {"within", Role::within},
     {"article", Role::article},
     {"year_word", Role::year_word},
     {"month_lead", Role::month_lead},
     {"of", Role::of},
     {"ordinal", Role::ordinal},
     {"ordinal_ending", Role::ordinal_ending},
     {"up_to", Role::up_to},
     {"start", Role::start},
     {"hijri", Role::hijri_mark},
     {"feast", Role::feast},
     {"nth", Role::nth},
     {"corresponds", Role::corresponds},
     {"same_day", Role::same_day},
     {"anniversary", Role::anniversary},
     {"about", Role::about}}};

int value_of(Tsv const& table, std::size_t row, std::size_t column, int least, int most) {
    double const value = table.number(row, column);
    for (int whole = least; whole <= most; ++whole) {
        if (value == whole) {
            return whole;
        }
    }
    fail<InputError>("{}: the value is {}; expected a whole number from {} to {}", table.where(row),
                     table.cell(row, column), least, most);
}

} // namespace

void DateVocabulary::add(std::string_view where, std::string_view form, Meaning meaning) {
    std::string const key = fold_key(form);
    auto const words = static_cast<std::size_t>(std::ranges::count(key, ' ')) + 1;
    if (key.empty() || words > longest_phrase) {
        fail<InputError>("{}: the form is \"{}\"; expected one to {} words", where, form, longest_phrase);
    }
    auto& meanings = m_phrases[key];
    // Spellings that fold together may stand side by side.
    if (std::ranges::find(meanings, meaning.role, &Meaning::role) == meanings.end()) {
        meanings.push_back(meaning);
    }
    m_first_words[key.substr(0, key.find(' '))] = true;
}

DateVocabulary DateVocabulary::load(std::filesystem::path const& folder) {
    DateVocabulary vocabulary;
    vocabulary.m_numbers = NumberWords::load(folder);
    Tsv const months{folder / "months.tsv", {"form", "value", "calendar"}};
    for (std::size_t row = 0; row < months.size(); ++row) {
        vocabulary.add(months.where(row), months.cell(row, 0),
                       {Role::month, value_of(months, row, 1, 1, 12)});
    }
    Tsv const hijri{folder / "hijri_months.tsv", {"form", "value", "sure"}};
    for (std::size_t row = 0; row < hijri.size(); ++row) {
        int const month = value_of(hijri, row, 1, 1, 12);
        vocabulary.add(hijri.where(row), hijri.cell(row, 0), {Role::hijri_month, month});
        if (hijri.cell(row, 2) == "yes") {
            vocabulary.add(hijri.where(row), hijri.cell(row, 0), {Role::hijri_sure, month});
        }
    }
    Tsv const weekdays{folder / "weekdays.tsv", {"form", "value"}};
    for (std::size_t row = 0; row < weekdays.size(); ++row) {
        vocabulary.add(weekdays.where(row), weekdays.cell(row, 0),
                       {Role::weekday, value_of(weekdays, row, 1, 1, 7)});
    }
    Tsv const words{folder / "date_words.tsv", {"form", "role", "value"}};
    for (std::size_t row = 0; row < words.size(); ++row) {
        auto const* const role =
            std::ranges::find(role_names, words.cell(row, 1), [](auto const& each) { return each.first; });
        if (role == role_names.end()) {
            fail<InputError>("{}: the role is \"{}\"; see the head of the file", words.where(row),
                             words.cell(row, 1));
        }
        vocabulary.add(words.where(row), words.cell(row, 0), {role->second, value_of(words, row, 2, -7, 31)});
    }
    return vocabulary;
}

std::span<DateVocabulary::Meaning const> DateVocabulary::find(std::string_view codes) const {
    auto const* const found = m_phrases.find(codes);
    return found == nullptr ? std::span<Meaning const>{} : *found;
}

bool DateVocabulary::begins(std::string_view word_codes) const {
    return m_first_words.contains(word_codes);
}

} // namespace kharita::text
