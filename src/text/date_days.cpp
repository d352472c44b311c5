// Single days: DateReader::day_at() and what it is made of.

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "text/date_reader.hpp"

namespace kharita::text {

namespace {

using std::chrono::days;

constexpr int first_year = 1900;
constexpr int last_year = 2100;

std::optional<Date> real_day(int year, unsigned month, unsigned day) {
    std::chrono::year_month_day const date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    return date.ok() ? std::optional{Date{date}} : std::nullopt;
}

std::optional<int> whole_number(std::string_view codes) {
    int value = 0;
    auto const [end, error] = std::from_chars(codes.data(), codes.data() + codes.size(), value);
    bool const whole = error == std::errc{} && end == codes.data() + codes.size() && !codes.empty();
    return whole ? std::optional{value} : std::nullopt;
}

std::string_view english_name(std::chrono::weekday weekday) {
    constexpr std::array<std::string_view, 7> names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};
    return names[weekday.c_encoding()];
}

std::string_view words_for(int days_from_publication) {
    switch (days_from_publication) {
    case -2:
        return "two days before publication";
    case -1:
        return "the day before publication";
    case 0:
        return "the day of publication";
    case 1:
        return "the day after publication";
    default:
        return "two days after publication";
    }
}

/// Three numbers as a day: year first where it has four digits, else day first unless it cannot be.
std::optional<Date> day_of(std::array<int, 3> const& parts, bool year_first) {
    auto const [a, b, c] = parts;
    if (a < 0 || b < 0 || c < 0) {
        return std::nullopt;
    }
    int const year = year_first ? a : c;
    if (year < first_year || year > last_year) {
        return std::nullopt;
    }
    auto const middle = static_cast<unsigned>(b);
    auto const other = static_cast<unsigned>(year_first ? c : a);
    auto const day = real_day(year, middle, other);
    return day || year_first ? day : real_day(year, other, middle);
}

/// Whether two days that stand together, both known, are the same.
bool is_same_day(NamedDay const& one, NamedDay const& other) {
    return other.kind == NamedDay::Kind::weekday ? std::chrono::weekday{*one.day} == *other.weekday
           : one.kind == NamedDay::Kind::weekday ? std::chrono::weekday{*other.day} == *one.weekday
                                                 : *one.day == *other.day;
}

/// «اليوم (الاثنين)» in a report of Tuesday, both days known: how many days before publication it was
/// written.
std::optional<int> days_before_publication(NamedDay const& relative, NamedDay const& other) {
    if (relative.kind != NamedDay::Kind::relative || !other.weekday) {
        return std::nullopt;
    }
    for (int const before : {0, 1}) {
        if (std::chrono::weekday{*relative.day - days{before}} == *other.weekday) {
            return before;
        }
    }
    return std::nullopt;
}

} // namespace

std::string DateReader::quoted(std::size_t begin, std::size_t end) const {
    return fmt::format("«{}»", m_text.span(begin, end).of(m_text.source()));
}

bool DateReader::is_capital(std::size_t at) const {
    std::string_view const source = m_text.source_text(at);
    return source.empty() || source[0] < 'a' || source[0] > 'z';
}

std::optional<int> DateReader::whole_at(std::size_t at) const {
    bool const number = at < m_text.size() && m_text.tokens()[at].kind == Token::Kind::number;
    return number ? whole_number(m_text.codes(at)) : std::nullopt;
}

std::size_t DateReader::after_day_words(std::size_t at) const {
    for (int words = 0; words < 3; ++words) {
        auto const part = m_phrases.at(at, Role::day_part);
        auto const word = part ? part : m_phrases.at(at, Role::day_word);
        if (!word) {
            break;
        }
        at = word->next;
    }
    return at;
}

/// What may stand between two names of one day: «أمس (الأربعاء)», «الأربعاء، 31 تموز».
std::size_t DateReader::after_glue(std::size_t at) const {
    if (sign_at(at, "(") || sign_at(at, ",")) {
        ++at;
    }
    return after_day_words(at);
}

std::optional<std::size_t> DateReader::after_no_day(std::size_t at) const {
    auto const phrase = m_phrases.at(at, Role::no_day);
    return phrase ? std::optional{phrase->next} : std::nullopt;
}

std::optional<NamedDay> DateReader::relative_at(std::size_t at) const {
    auto phrase = m_phrases.at(at, Role::relative);
    // «أمس (الأول)»
    if (phrase && sign_at(phrase->next, "(") && sign_at(phrase->next + 2, ")")) {
        std::string const both =
            fmt::format("{} {}", m_text.codes(phrase->next - 1), m_text.codes(phrase->next + 1));
        for (DateVocabulary::Meaning const& meaning : m_vocabulary.find(both)) {
            if (meaning.role == Role::relative) {
                phrase->value = meaning.value;
                phrase->next += 3;
                break;
            }
        }
    }
    if (!phrase || (phrase->value == 0 && m_phrases.at(phrase->next, Role::no_date))) {
        return std::nullopt;
    }
    NamedDay named{NamedDay::Kind::relative, phrase->next, std::nullopt, std::nullopt, {}};
    if (m_published) {
        named.day = *m_published + days{phrase->value};
        named.why = fmt::format("{} = {}", quoted(at, phrase->next), words_for(phrase->value));
    } else {
        named.why =
            fmt::format("{} counts from publication, and the report is undated", quoted(at, phrase->next));
    }
    return named;
}

std::optional<NamedDay> DateReader::weekday_at(std::size_t at) const {
    auto const before = m_phrases.at(at, Role::past);
    auto const before_next = m_phrases.at(at, Role::next);
    bool past = before && before->value == 1;
    bool next = before_next && before_next->value == 1;
    std::size_t const name_at = past ? before->next : next ? before_next->next : at;
    auto const name = m_phrases.at(name_at, Role::weekday);
    if (!name || !is_capital(name->next - 1)) {
        return std::nullopt;
    }
    std::size_t end = name->next;
    if (auto const after = m_phrases.at(end, Role::past); after && after->value == 0) {
        past = true;
        end = after->next;
    } else if (auto const following = m_phrases.at(end, Role::next); following && following->value == 0) {
        next = true;
        end = following->next;
    }
    std::chrono::weekday const weekday{static_cast<unsigned>(name->value)};
    NamedDay named{NamedDay::Kind::weekday, end, std::nullopt, weekday, {}};
    if (!m_published) {
        named.why = fmt::format("{} counts from publication, and the report is undated", quoted(at, end));
        return named;
    }
    std::chrono::weekday const today{*m_published};
    if (next) {
        days const ahead = weekday - today;
        named.day = *m_published + (ahead == days{0} ? days{7} : ahead);
        named.why = fmt::format("{} = the next {} after publication", quoted(at, end), english_name(weekday));
    } else {
        days const back = today - weekday;
        named.day = *m_published - (past && back == days{0} ? days{7} : back);
        named.why = fmt::format("{} = the last {} {} publication", quoted(at, end), english_name(weekday),
                                past ? "before" : "not after");
    }
    return named;
}

std::optional<NamedDay> DateReader::numeric_at(std::size_t at) const {
    auto const tokens = m_text.tokens();
    if (at >= tokens.size() || tokens[at].kind != Token::Kind::number) {
        return std::nullopt;
    }
    std::array<int, 3> parts{-1, -1, -1};
    bool year_first = false;
    std::size_t end = at + 1;
    std::string_view const codes = m_text.codes(at);
    auto const set = [&](std::size_t part, std::string_view digits) {
        parts[part] = whole_number(digits).value_or(-1);
        year_first = year_first || (part == 0 && digits.size() == 4);
    };
    if (std::ranges::count(codes, '.') == 2) { // 31.7.2019 is one token
        std::size_t const first = codes.find('.');
        std::size_t const second = codes.find('.', first + 1);
        set(0, codes.substr(0, first));
        set(1, codes.substr(first + 1, second - first - 1));
        set(2, codes.substr(second + 1));
    } else {
        auto const glued = [&](std::size_t i) { return i < tokens.size() && !tokens[i].space_before; };
        std::string_view const sign = m_text.codes(at + 1);
        if ((sign != "-" && sign != "/") || m_text.codes(at + 3) != sign || !glued(at + 1) ||
            !glued(at + 2) || !glued(at + 3) || !glued(at + 4)) {
            return std::nullopt;
        }
        set(0, codes);
        set(1, m_text.codes(at + 2));
        set(2, m_text.codes(at + 4));
        end = at + 5;
    }
    auto const day = day_of(parts, year_first);
    if (!day) {
        return std::nullopt;
    }
    return NamedDay{NamedDay::Kind::calendar, end, day, std::nullopt,
                    fmt::format("{} as written", quoted(at, end))};
}

std::optional<DateReader::Month> DateReader::month_at(std::size_t at) const {
    auto const name = m_phrases.at(at, Role::month);
    if (!name || !is_capital(name->next - 1)) {
        return std::nullopt;
    }
    Month month{static_cast<unsigned>(name->value), name->next};
    bool const parenthesis = sign_at(month.next, "(");
    if (parenthesis || sign_at(month.next, "/") || sign_at(month.next, "-")) {
        auto const second = m_phrases.at(month.next + 1, Role::month);
        if (second && second->value == name->value && (!parenthesis || sign_at(second->next, ")"))) {
            month.next = second->next + (parenthesis ? 1 : 0);
        }
    }
    return month;
}

std::optional<DateReader::Year> DateReader::year_at(std::size_t at) const {
    if (sign_at(at, ",")) {
        ++at;
    }
    if (auto const of = m_phrases.at(at, Role::of); of && m_phrases.at(of->next, Role::year_word)) {
        at = of->next;
    }
    if (auto const word = m_phrases.at(at, Role::year_word)) {
        at = word->next;
    }
    auto const value = whole_at(at);
    if (!value || m_text.codes(at).size() != 4 || *value < first_year || *value > last_year) {
        return std::nullopt;
    }
    return Year{*value, at + 1};
}

NamedDay DateReader::with_year(Month month, unsigned day, std::size_t begin) const {
    NamedDay named{NamedDay::Kind::calendar, month.next, std::nullopt, std::nullopt, {}};
    if (auto const year = year_at(month.next)) {
        named.next = year->next;
        named.day = real_day(year->value, month.value, day);
        named.why = quoted(begin, named.next) + (named.day ? " as written" : " is no day of the calendar");
        return named;
    }
    auto const after = m_phrases.at(month.next, Role::next);
    auto const before = m_phrases.at(month.next, Role::past);
    auto const current = m_phrases.at(month.next, Role::current);
    for (auto const& modifier : {after, before, current}) {
        if (modifier && modifier->value == 0) {
            named.next = modifier->next;
        }
    }
    if (!m_published) {
        named.why = fmt::format("{} has no year, and the report is undated", quoted(begin, named.next));
        return named;
    }
    int const year = static_cast<int>(std::chrono::year_month_day{*m_published}.year());
    bool const future = after && after->value == 0;
    // The 29th of February may be four years away, or eight around 1900 and 2100.
    for (int step = 0; step <= 8; ++step) {
        auto const candidate = real_day(future ? year + step : year - step, month.value, day);
        if (candidate && (future ? *candidate > *m_published : *candidate <= *m_published)) {
            named.day = candidate;
            named.why = fmt::format("{} = the {} such day {} publication", quoted(begin, named.next),
                                    future ? "first" : "last", future ? "after" : "not after");
            return named;
        }
    }
    named.why = fmt::format("{} is no day of the calendar", quoted(begin, named.next));
    return named;
}

/// «31 تموز 2019», «الأول من آب», "31st of July".
std::optional<NamedDay> DateReader::day_month_at(std::size_t at) const {
    std::size_t next = at;
    if (auto const article = m_phrases.at(at, Role::article)) {
        next = article->next;
    }
    int day = 0;
    if (auto const digits = whole_at(next)) {
        day = *digits;
        ++next;
        if (auto const ending = m_phrases.at(next, Role::ordinal_ending)) {
            next = ending->next;
        }
    } else if (auto const ordinal = m_phrases.at(next, Role::ordinal);
               ordinal && m_phrases.at(ordinal->next, Role::of)) {
        day = ordinal->value;
        next = ordinal->next;
    }
    if (day < 1 || day > 31) {
        return std::nullopt;
    }
    if (auto const of = m_phrases.at(next, Role::of)) {
        next = of->next;
    }
    std::size_t const behind = next;
    if (auto const word = m_phrases.at(next, Role::month_unit); word && word->value == 1) {
        next = word->next;
    }
    auto const month = month_at(next);
    if (!month) {
        return day_of_this_month_at(behind, day);
    }
    return with_year(*month, static_cast<unsigned>(day), at);
}

/// «الثامن من الشهر الجاري», «الـ8 من الشهر الماضي»: behind the day a month that is named by its distance.
std::optional<NamedDay> DateReader::day_of_this_month_at(std::size_t at, int day) const {
    auto const month = m_phrases.at(at, Role::month_unit);
    // «هذا الشهر»
    auto const leads = m_phrases.at(at, Role::current);
    auto const behind_lead =
        leads && leads->value == 1 ? m_phrases.at(leads->next, Role::month_unit) : std::nullopt;
    auto const& unit = month ? month : behind_lead;
    if (!unit || !unit->article || unit->value != 1) {
        return std::nullopt;
    }
    auto const past = m_phrases.at(unit->next, Role::past);
    auto const current = m_phrases.at(unit->next, Role::current);
    bool const is_past = past && past->value == 0;
    bool const is_current = behind_lead || (current && current->value == 0);
    if (!is_past && !is_current) {
        return std::nullopt;
    }
    std::size_t const end = is_past ? past->next : behind_lead ? unit->next : current->next;
    NamedDay named{NamedDay::Kind::calendar, end, std::nullopt, std::nullopt, {}};
    if (!m_published) {
        named.why = fmt::format("{} counts from publication, and the report is undated", quoted(at, end));
        return named;
    }
    std::chrono::year_month_day const now{*m_published};
    std::chrono::year_month const which = now.year() / now.month() - std::chrono::months{is_past ? 1 : 0};
    named.day = real_day(static_cast<int>(which.year()), static_cast<unsigned>(which.month()),
                         static_cast<unsigned>(day));
    named.why = fmt::format("day {} of {}", day, quoted(at, end));
    return named;
}

std::optional<DateMention> DateReader::same_day_at(std::size_t at, std::optional<Date> last) const {
    auto phrase = m_phrases.at(at, Role::same_day);
    phrase = phrase ? phrase : m_phrases.at(after_day_words(at), Role::same_day);
    if (!phrase || !last) {
        return std::nullopt;
    }
    DateMention mention;
    mention.tokens = {at, phrase->next};
    mention.first = *last + days{phrase->value};
    mention.last = mention.first;
    mention.why =
        fmt::format("{} = {}", quoted(at, phrase->next),
                    phrase->value == 0 ? "the day named before it" : "the day after the one named before it");
    return mention;
}

int DateReader::years_remembered_at(std::size_t at) const {
    auto const phrase = m_phrases.at(at, Role::anniversary);
    if (!phrase) {
        return 0;
    }
    // «العاشرة» is the feminine of «العاشر»; of «الحادية عشرة» both words are.
    static std::string const feminine = fold_key("ة");
    std::string ordinal;
    int years = 0;
    for (std::size_t token = phrase->next; token < std::min(phrase->next + 2, m_text.size()); ++token) {
        std::string_view word = m_text.codes(token);
        word.remove_suffix(word.ends_with(feminine) ? feminine.size() : 0U);
        ordinal += ordinal.empty() ? "" : " ";
        ordinal += word;
        for (DateVocabulary::Meaning const& meaning : m_vocabulary.find(ordinal)) {
            years = meaning.role == Role::ordinal ? meaning.value : years;
        }
    }
    return years;
}

/// "July 31, 2019".
std::optional<NamedDay> DateReader::month_day_at(std::size_t at) const {
    auto const month = month_at(at);
    if (!month || !is_latin(m_text.codes(at)[0])) {
        return std::nullopt;
    }
    auto const day = whole_at(month->next);
    if (!day || *day < 1 || *day > 31) {
        return std::nullopt;
    }
    std::size_t next = month->next + 1;
    if (auto const ending = m_phrases.at(next, Role::ordinal_ending)) {
        next = ending->next;
    }
    return with_year({month->value, next}, static_cast<unsigned>(*day), at);
}

std::optional<NamedDay> DateReader::calendar_at(std::size_t at) const {
    auto named = numeric_at(at);
    if (!named) {
        named = day_month_at(at);
    }
    return named ? named : month_day_at(at);
}

std::optional<NamedDay> DateReader::named_day_at(std::size_t at) const {
    auto named = calendar_at(at);
    if (!named) {
        named = relative_at(at);
    }
    return named ? named : weekday_at(at);
}

/// «ليل الأحد - الاثنين», «ليلة الأحد/الاثنين»: one night by the names of both its days; after its middle
/// («بعد منتصف ليل الأحد - الاثنين») it is the second.
std::optional<DateMention> DateReader::night_at(std::size_t at) const {
    auto const night = m_phrases.at(at, Role::day_part);
    auto const first = night && night->value > 0 ? weekday_at(night->next) : std::nullopt;
    if (!first || !first->day) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 4> signs{"-", "–", "—", "/"};
    bool const joined = first->next < m_text.size() &&
                        std::find(signs.begin(), signs.end(), m_text.source_text(first->next)) != signs.end();
    auto const second = weekday_at(first->next + (joined ? 1U : 0U));
    if (!second || !second->day || *first->day + days{1} != *second->day) {
        return std::nullopt;
    }
    static std::array<std::string, 3> const after{fold_key("بعد"), fold_key("بعيد"), fold_key("عقب")};
    bool const is_late = night->value == 2 && at > 0 &&
                         std::find(after.begin(), after.end(), m_text.codes(at - 1)) != after.end();
    DateMention mention;
    mention.tokens = {at, second->next};
    mention.first = is_late ? second->day : first->day;
    mention.last = second->day;
    mention.why = fmt::format("{}: {}", quoted(at, second->next),
                              is_late ? "past midnight, on the second day" : "the night between two days");
    return mention;
}

std::optional<DateMention> DateReader::day_at(std::size_t at) const {
    if (auto night = night_at(at)) {
        return night;
    }
    std::size_t best_at = after_day_words(at);
    auto best = named_day_at(best_at);
    if (!best) {
        return std::nullopt;
    }
    DateMention mention;
    mention.tokens = {at, best->next};
    bool agree = true;
    std::string checks;
    for (;;) {
        std::size_t const second_at = after_glue(mention.tokens.end);
        bool const comma = sign_at(mention.tokens.end, ",");
        auto second = second_at > at ? named_day_at(second_at) : std::nullopt;
        if (!second || second->kind == best->kind) {
            break;
        }
        bool const known = best->day && second->day;
        bool const same = known && is_same_day(*best, *second);
        if (comma && known && !same) {
            break; // the next clause speaks of another day
        }
        bool const closes = sign_at(mention.tokens.end, "(") && sign_at(second->next, ")");
        mention.tokens.end = second->next + (closes ? 1 : 0);
        bool const better = best->day ? second->day && second->kind > best->kind : second->day.has_value();
        std::size_t other_at = second_at;
        if (better) {
            std::swap(best, second);
            std::swap(best_at, other_at);
        }
        auto const written = known ? days_before_publication(*best, *second) : std::nullopt;
        mention.written_before = mention.written_before ? mention.written_before : written;
        if (written == 1) {
            best->day = *best->day - days{1};
            checks +=
                fmt::format("; {} says that it was written a day before", quoted(other_at, second->next));
        } else if (known) {
            agree = agree && same;
            checks += fmt::format("; {} {}", quoted(other_at, second->next), same ? "agrees" : "disagrees");
        }
    }
    while (auto const part = m_phrases.at(mention.tokens.end, Role::day_part)) {
        if (named_day_at(after_day_words(mention.tokens.end))) {
            break; // it is of the next one: «… أمس وفجر اليوم»
        }
        mention.tokens.end = part->next;
    }
    if (agree) {
        mention.first = best->day;
        mention.last = best->day;
    }
    mention.is_weekday = best->kind == NamedDay::Kind::weekday;
    mention.why = best->why + checks;
    return mention;
}

std::optional<DateMention> DateReader::days_at(std::size_t at) const {
    int first = 0;
    std::size_t next = at + 1;
    if (auto const digits = whole_at(at)) {
        first = *digits;
    } else if (auto const ordinal = m_phrases.at(at, Role::ordinal)) {
        first = ordinal->value;
        next = ordinal->next;
    }
    if (first < 1 || first > 31) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 3> dashes{"-", "–", "—"};
    bool const dash = next < m_text.size() &&
                      std::find(dashes.begin(), dashes.end(), m_text.source_text(next)) != dashes.end();
    auto const up_to = m_phrases.at(next, Role::up_to);
    // «بين العاشر والرابع عشر من آب», "between 5 and 9 August"
    std::string_view const led_by = at > 0 ? m_text.codes(at - 1) : std::string_view{};
    std::string_view const joint = m_text.codes(next);
    bool const is_between = (led_by == fold_key("بين") || led_by == "between") && !joint.empty() &&
                            (joint == "and" || joint.front() == code(U'و'));
    if (!dash && !up_to && !is_between) {
        return std::nullopt;
    }
    bool const is_word = is_between && (joint == "and" || joint.size() == 1);
    auto const last = day_month_at(up_to ? up_to->next : next + (dash || is_word ? 1U : 0U));
    if (!last || !last->day) {
        return std::nullopt;
    }
    std::chrono::year_month_day const end{*last->day};
    if (static_cast<unsigned>(first) >= static_cast<unsigned>(end.day())) {
        return std::nullopt;
    }
    DateMention mention;
    mention.tokens = {at, last->next};
    mention.first = Date{end.year() / end.month() / std::chrono::day{static_cast<unsigned>(first)}};
    mention.last = last->day;
    mention.time_precision = 2;
    mention.why = fmt::format("{}: from the first day to the last", quoted(at, last->next));
    return mention;
}

} // namespace kharita::text
