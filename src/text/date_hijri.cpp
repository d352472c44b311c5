// Days and months of the Islamic calendar: DateReader::hijri_at().

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "text/date_reader.hpp"
#include "text/hijri.hpp"

namespace kharita::text {

namespace {

using std::chrono::days;

constexpr int first_hijri_year = 1300;
constexpr int last_hijri_year = 1600;
constexpr int precision_week = 2;
constexpr int precision_month = 3;

bool is_hijri_year(int year) {
    return year >= first_hijri_year && year <= last_hijri_year;
}

} // namespace

/// «1436», «عام 1436 هـ», «1436 هجرية»; 0 where no year follows.
DateReader::Year DateReader::hijri_year_at(std::size_t at) const {
    std::size_t next = at;
    if (auto const of = m_phrases.at(next, Role::of); of && m_phrases.at(of->next, Role::year_word)) {
        next = of->next;
    }
    if (auto const word = m_phrases.at(next, Role::year_word)) {
        next = word->next;
    }
    auto const value = whole_at(next);
    if (!value || !is_hijri_year(*value)) {
        return {0, at};
    }
    auto const mark = m_phrases.at(next + 1, Role::hijri_mark);
    return {*value, mark ? mark->next : next + 1};
}

/// «26 شوال 1436 هـ», «الأول من رمضان», «26/10/1436هـ».
std::optional<DateReader::Hijri> DateReader::hijri_day_at(std::size_t at) const {
    if (auto const numeric = numeric_hijri_at(at)) {
        return numeric;
    }
    std::size_t next = at;
    int day = 0;
    if (auto const digits = whole_at(at)) {
        day = *digits;
        next = at + 1;
    } else if (auto const ordinal = m_phrases.at(at, Role::ordinal);
               ordinal && m_phrases.at(ordinal->next, Role::of)) {
        day = ordinal->value;
        next = ordinal->next;
    }
    if (auto const of = m_phrases.at(next, Role::of)) {
        next = of->next;
    }
    auto const word = m_phrases.at(next, Role::month_unit);
    bool const says_month = word && word->value == 1;
    next = says_month ? word->next : next;
    auto const month = m_phrases.at(next, Role::hijri_month);
    if (!month || day < 1 || day > 30) {
        return std::nullopt;
    }
    auto const number = static_cast<unsigned>(month->value);
    Year const year = hijri_year_at(month->next);
    if (year.value != 0) {
        return Hijri{{year.value, number, static_cast<unsigned>(day)}, year.next};
    }
    // «صفر» is also nought, and some months are names of people: without a year only «شهر» makes one sure, or
    // a name that nothing else bears.
    auto const mark = m_phrases.at(month->next, Role::hijri_mark);
    bool const sure = says_month || mark || m_phrases.at(next, Role::hijri_sure);
    if (!m_published || !sure) {
        return std::nullopt;
    }
    HijriDate date{to_hijri(*m_published).year, number, static_cast<unsigned>(day)};
    if (from_hijri(date) > *m_published + days{1}) {
        --date.year;
    }
    return Hijri{date, mark ? mark->next : month->next};
}

std::optional<DateReader::Hijri> DateReader::numeric_hijri_at(std::size_t at) const {
    auto const first = whole_at(at);
    auto const second = whole_at(at + 2);
    auto const third = whole_at(at + 4);
    std::string_view const sign = m_text.codes(at + 1);
    if (!first || !second || !third || (sign != "/" && sign != "-") || m_text.codes(at + 3) != sign) {
        return std::nullopt;
    }
    bool const year_first = is_hijri_year(*first);
    int const year = year_first ? *first : *third;
    int const day = year_first ? *third : *first;
    constexpr int months_of_year = 12;
    if (!is_hijri_year(year) || *second < 1 || *second > months_of_year || day < 1 || day > 30) {
        return std::nullopt;
    }
    auto const mark = m_phrases.at(at + 5, Role::hijri_mark);
    return Hijri{{year, static_cast<unsigned>(*second), static_cast<unsigned>(day)},
                 mark ? mark->next : at + 5};
}

/// A month: «رمضان 1436», «شهر رمضان الماضي».
std::optional<DateMention> DateReader::hijri_month_at(std::size_t at) const {
    auto const word = m_phrases.at(at, Role::month_unit);
    bool const says_month = word && word->value == 1;
    std::size_t const name_at = says_month ? word->next : at;
    auto const month = m_phrases.at(name_at, Role::hijri_month);
    if (!month) {
        return std::nullopt;
    }
    auto const number = static_cast<unsigned>(month->value);
    Year year = hijri_year_at(month->next);
    DateMention mention;
    mention.time_precision = precision_month;
    if (year.value == 0) {
        auto const past = m_phrases.at(month->next, Role::past);
        auto const current = m_phrases.at(month->next, Role::current);
        bool const told = (past && past->value == 0) || (current && current->value == 0);
        if (!m_published || (!told && !says_month) || !m_phrases.at(name_at, Role::hijri_sure)) {
            return std::nullopt;
        }
        HijriDate const today = to_hijri(*m_published);
        bool const before = number > today.month || (past && number == today.month);
        year = {before ? today.year - 1 : today.year,
                told ? (past ? past->next : current->next) : month->next};
    }
    mention.tokens = {at, year.next};
    mention.first = from_hijri({year.value, number, 1});
    mention.last = from_hijri({year.value, number, days_in_hijri_month(year.value, number)});
    mention.why = fmt::format("{} by the tabular Islamic calendar, a day either way", quoted(at, year.next));
    return mention;
}

/// A day of a feast, or without one its first three, by the latest such feast not after publication. 1 is the
/// feast of breaking the fast (1 Shawwal), 2 that of sacrifice (10 Dhu al-Hijja), 0 whichever was last.
DateMention DateReader::day_of_feast(int feast, int day, TokenRange range) const {
    constexpr int days_of_feast = 3;
    constexpr HijriDate breaking{0, 10, 1};
    constexpr HijriDate sacrifice{0, 12, 10};
    DateMention mention;
    mention.tokens = range;
    mention.time_precision = precision_week;
    std::string const words = quoted(range.begin, range.end);
    if (!m_published) {
        mention.why = fmt::format("{} is a day of each year, and the report is undated", words);
        return mention;
    }
    int const offset = std::max(day, 1) - 1;
    auto const latest = [&](HijriDate date) {
        date.year = to_hijri(*m_published).year;
        Date first = from_hijri(date) + days{offset};
        if (first > *m_published + days{1}) {
            --date.year;
            first = from_hijri(date) + days{offset};
        }
        return first;
    };
    Date const first = feast == 1   ? latest(breaking)
                       : feast == 2 ? latest(sacrifice)
                                    : std::max(latest(breaking), latest(sacrifice));
    mention.first = first - days{1};
    mention.last = std::min(first + days{day == 0 ? days_of_feast : 1}, std::max(*m_published, first));
    mention.why = fmt::format("{} by the tabular Islamic calendar, a day either way", words);
    return mention;
}

/// «أول أيام عيد الأضحى», «اليوم الثاني من عيد الفطر», «عيد الفطر».
std::optional<DateMention> DateReader::feast_at(std::size_t at) const {
    std::size_t next = after_day_words(at);
    int day = 0;
    if (auto const nth = m_phrases.at(next, Role::nth)) {
        auto const unit = m_phrases.at(nth->next, Role::day);
        day = nth->value;
        next = unit ? unit->next : nth->next;
    } else if (auto const of_days = m_phrases.at(next, Role::relative); of_days && of_days->value == 0) {
        auto const ordinal = m_phrases.at(of_days->next, Role::ordinal); // «اليوم الثاني»
        if (!ordinal) {
            return std::nullopt;
        }
        day = ordinal->value;
        next = ordinal->next;
    }
    if (auto const of = m_phrases.at(next, Role::of); of && day > 0) {
        next = of->next;
    }
    auto const feast = m_phrases.at(next, Role::feast);
    bool const is_named = feast && (feast->value > 0 || day > 0); // «العيد» alone may be any
    return is_named ? std::optional{day_of_feast(feast->value, day, {at, feast->next})} : std::nullopt;
}

std::optional<DateMention> DateReader::hijri_at(std::size_t at) const {
    // Looked for at every word of every text: most begin nothing.
    if (!whole_at(at) && !m_phrases.any_at(at)) {
        return std::nullopt;
    }
    if (auto feast = feast_at(at)) {
        return feast;
    }
    std::size_t const begin = after_day_words(at);
    auto const weekday = weekday_at(begin);
    std::size_t const day_at = weekday ? after_glue(weekday->next) : begin;
    auto const hijri = hijri_day_at(day_at);
    if (!hijri) {
        return hijri_month_at(at);
    }
    DateMention mention;
    mention.tokens = {at, hijri->next};
    Date const day = from_hijri(hijri->date);
    std::string const written = quoted(day_at, hijri->next);
    // «الموافق 11 أغسطس 2015» says it exactly.
    std::size_t other = hijri->next;
    bool const parenthesis = sign_at(other, "(");
    other += parenthesis || sign_at(other, ",") || sign_at(other, "-") ? 1U : 0U;
    if (auto const word = m_phrases.at(other, Role::corresponds)) {
        other = word->next;
    }
    auto const gregorian = calendar_at(other);
    if (gregorian && gregorian->day && std::chrono::abs(*gregorian->day - day) <= days{2}) {
        bool const closes = parenthesis && sign_at(gregorian->next, ")");
        mention.tokens.end = gregorian->next + (closes ? 1U : 0U);
        mention.first = mention.last = gregorian->day;
        mention.why = fmt::format("{}; {} agrees", gregorian->why, written);
        return mention;
    }
    if (weekday) {
        for (days const off : {days{0}, days{-1}, days{1}}) {
            if (std::chrono::weekday{day + off} == *weekday->weekday) {
                mention.first = mention.last = day + off;
                mention.why = written + " by the tabular Islamic calendar; the weekday says which day";
                return mention;
            }
        }
    }
    mention.first = day - days{1};
    mention.last = day + days{1};
    mention.time_precision = precision_week;
    mention.why = written + " by the tabular Islamic calendar, a day either way";
    return mention;
}

} // namespace kharita::text
