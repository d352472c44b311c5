// Months, years and lengths of time: DateReader::period_at() and span_at().

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "text/date_reader.hpp"

namespace kharita::text {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::years;
using Role = DateVocabulary::Role;

constexpr int precision_week = 2;
constexpr int precision_month = 3;

Date first_day(std::chrono::year_month month) {
    return Date{month / std::chrono::day{1}};
}

Date last_day(std::chrono::year_month month) {
    return Date{month / std::chrono::last};
}

std::chrono::year_month month_of(Date date) {
    std::chrono::year_month_day const day{date};
    return {day.year(), day.month()};
}

void set(DateMention& mention, Date first, Date last, int precision) {
    mention.first = first;
    mention.last = last;
    mention.time_precision = precision;
}

void set_year(DateMention& mention, int year) {
    std::chrono::year const whole{year};
    set(mention, first_day(whole / 1), last_day(whole / 12), precision_month);
}

} // namespace

/// «بين أيلول وكانون الثاني الماضيين», «من آذار إلى أيار 2014»: two months with what dates both of them.
std::optional<DateMention> DateReader::months_at(std::size_t at) const {
    auto const first = month_at(at);
    if (!first) {
        return std::nullopt;
    }
    bool const up_to = m_phrases.at(first->next, Role::up_to).has_value();
    auto const second = month_at(first->next + (up_to ? 1 : 0));
    if (!second || (!up_to && !m_phrases.at(first->next, Role::month)->proclitic)) {
        return std::nullopt;
    }
    auto const year = year_at(second->next);
    auto const past = m_phrases.at(second->next, Role::past);
    bool const counted = past && past->value == 0 && m_published;
    if (!year && !counted) {
        return std::nullopt;
    }
    std::chrono::year_month last =
        std::chrono::year{year ? year->value : 1} / static_cast<int>(second->value);
    if (!year) {
        std::chrono::year_month const now = month_of(*m_published);
        last = now.year() / static_cast<int>(second->value);
        last -= last >= now ? years{1} : years{0};
    }
    std::chrono::year_month begin = last.year() / static_cast<int>(first->value);
    begin -= begin > last ? years{1} : years{0};
    DateMention mention;
    mention.tokens = {at, year ? year->next : past->next};
    set(mention, first_day(begin), last_day(last), precision_month);
    mention.why =
        fmt::format("{} = from the first month to the end of the second", quoted(at, mention.tokens.end));
    return mention;
}

/// «منذ بداية الشهر»: from the first day of the running month, year or week until now.
std::optional<DateMention> DateReader::since_start_at(std::size_t at) const {
    auto const since = m_phrases.at(at, Role::since);
    auto const start = since ? m_phrases.at(since->next, Role::start) : std::nullopt;
    auto const unit = start ? unit_at(start->next) : std::nullopt;
    if (!unit || unit->count != 1 || unit->unit == Role::hour || unit->unit == Role::day ||
        is_name_of_period(unit->next)) {
        return std::nullopt;
    }
    auto const current = m_phrases.at(unit->next, Role::current);
    auto const other = m_phrases.at(unit->next, Role::past);
    if (other && other->value == 0) {
        return std::nullopt; // «منذ بداية العام الماضي» is not of the running one
    }
    DateMention mention;
    mention.tokens = {at, current && current->value == 0 ? current->next : unit->next};
    mention.time_precision = unit->unit == Role::week ? precision_week : precision_month;
    std::string const words = quoted(at, mention.tokens.end);
    if (!m_published) {
        mention.why = fmt::format("{} counts from publication, and the report is undated", words);
        return mention;
    }
    Date first = first_day(month_of(*m_published));
    if (unit->unit == Role::year) {
        first = first_day(month_of(*m_published).year() / 1);
    } else if (unit->unit == Role::week) { // weeks of reports begin on Sunday
        first = *m_published - days{std::chrono::weekday{*m_published}.c_encoding()};
    }
    set(mention, first, *m_published, mention.time_precision);
    mention.why = fmt::format("{} until publication", words);
    return mention;
}

std::optional<DateMention> DateReader::period_at(std::size_t at) const {
    auto const before = m_phrases.at(at, Role::past);
    bool past = before && before->value == 1;
    std::size_t const begin = past ? before->next : at;
    if (auto range = months_at(at)) {
        return range;
    }
    DateMention mention;
    if (auto const month = month_at(begin)) {
        mention.tokens = {at, month->next};
        auto const year = year_at(month->next);
        auto const after = m_phrases.at(month->next, Role::past);
        auto const current = m_phrases.at(month->next, Role::current);
        if (year) {
            mention.tokens.end = year->next;
            std::chrono::year_month const which =
                std::chrono::year{year->value} / static_cast<int>(month->value);
            set(mention, first_day(which), last_day(which), precision_month);
            mention.why = fmt::format("{} as written", quoted(at, mention.tokens.end));
            return mention;
        }
        if (after && after->value == 0) {
            past = true;
            mention.tokens.end = after->next;
        } else if (current && current->value == 0) {
            mention.tokens.end = current->next;
        } else if (!past && (at == 0 || !m_phrases.at(at - 1, Role::month_lead) ||
                             m_phrases.at(begin, Role::month)->proclitic)) {
            return std::nullopt; // «مارس» is also a verb, "May" a name, «باب» a door
        }
        mention.time_precision = precision_month;
        if (!m_published) {
            mention.why =
                fmt::format("{} has no year, and the report is undated", quoted(at, mention.tokens.end));
            return mention;
        }
        std::chrono::year_month const now = month_of(*m_published);
        std::chrono::year_month which = now.year() / static_cast<int>(month->value);
        if (which > now || (past && which == now)) {
            which -= years{1};
        }
        set(mention, first_day(which), std::min(last_day(which), *m_published), precision_month);
        mention.why = fmt::format("{} = the last such month", quoted(at, mention.tokens.end));
        return mention;
    }
    return lone_year_at(at);
}

namespace {

/// Whether an English word may be what a number before it counts: a plural.
bool is_counted(std::string_view word) {
    return (word.ends_with("s") && word != "was" && word != "has" && word != "this" && word != "its") ||
           word == "people" || word == "men" || word == "women" || word == "children";
}

} // namespace

/// «وفي 2013، وقع …»: digits behind «في» and before a comma, which no noun follows that they could count.
bool DateReader::is_bare_year(std::size_t at) const {
    static std::array const in{fold_key("في"), fold_key("وفي")};
    bool const is_led = at > 0 && std::find(in.begin(), in.end(), m_text.codes(at - 1)) != in.end();
    return is_led && (sign_at(at + 1, ",") || sign_at(at + 1, ".") || at + 1 == m_text.size());
}

std::optional<DateMention> DateReader::lone_year_at(std::size_t at) const {
    auto const word = m_phrases.at(at, Role::year_word);
    bool const english = at > 0 && is_latin(m_text.codes(at - 1).empty() ? ' ' : m_text.codes(at - 1)[0]) &&
                         m_phrases.at(at - 1, Role::month_lead);
    auto const year = word || english || is_bare_year(at) ? year_at(at) : std::nullopt;
    bool const counts = english && year && year->next < m_text.size() &&
                        is_counted(m_text.codes(year->next)); // "in 2000 homes"
    if (!year || counts) {
        return std::nullopt;
    }
    DateMention mention;
    mention.tokens = {at, year->next};
    set_year(mention, year->value);
    if (word && word->value > 0) { // «صيف 2014»
        std::chrono::year_month const first = std::chrono::year{year->value} / word->value;
        set(mention, first_day(first), last_day(first + months{2}), precision_month);
    }
    mention.historical =
        m_published && year->value < static_cast<int>(std::chrono::year_month_day{*m_published}.year());
    mention.why = fmt::format("{} as written", quoted(at, year->next));
    return mention;
}

std::optional<DateReader::Length> DateReader::unit_at(std::size_t at) const {
    for (Role const unit : {Role::hour, Role::day, Role::week, Role::month_unit, Role::year}) {
        if (auto const phrase = m_phrases.at(at, unit)) {
            return Length{phrase->value, unit, phrase->next, phrase->article};
        }
    }
    return std::nullopt;
}

std::optional<DateReader::Length> DateReader::length_at(std::size_t at) const {
    auto const number_at = [&](std::size_t token) -> std::optional<Number> {
        if (auto const article = m_phrases.at(token, Role::article)) {
            token = article->next;
        }
        auto number = read_number(m_text, token, m_vocabulary.numbers());
        if (!number && is_arabic(m_text.codes(token).empty() ? ' ' : m_text.codes(token)[0])) {
            // «الأيام الثلاثة»: the article is of the adjective here.
            std::string_view const codes = m_text.codes(token);
            if (codes.size() > 3 && codes[0] == code(U'ا') && codes[1] == code(U'ل')) {
                if (auto const* const word = m_vocabulary.numbers().find(codes.substr(2))) {
                    number = Number{word->value, {token, token + 1}};
                }
            }
        }
        return number && number->value <= 1000 ? number : std::nullopt;
    };
    if (auto const number = number_at(at)) {
        auto length = unit_at(number->tokens.end);
        if (length) {
            length->count = static_cast<int>(number->value);
        }
        return length;
    }
    auto length = unit_at(at);
    if (length && length->article && length->count == 0) {
        if (auto const number = number_at(length->next)) {
            length->count = static_cast<int>(number->value);
            length->next = number->tokens.end;
        }
    }
    return length;
}

/// «منذ عام 2012», «قبل يوم الأحد», «في شهر آب»: the unit is part of a name.
bool DateReader::is_name_of_period(std::size_t at) const {
    return whole_at(at) || m_phrases.at(at, Role::month) || m_phrases.at(at, Role::weekday);
}

/// «ساعات الصباح», «ساعات الفجر الأولى»: behind a length of time, a part of the day that it is of.
bool DateReader::is_part_of_day(std::size_t at) const {
    std::string_view codes = at < m_text.size() ? m_text.codes(at) : std::string_view{};
    static std::string const article = fold_key("ال");
    codes.remove_prefix(codes.starts_with(article) ? article.size() : 0);
    auto const meanings = m_vocabulary.find(codes);
    return std::any_of(meanings.begin(), meanings.end(),
                       [](DateVocabulary::Meaning const& meaning) { return meaning.role == Role::day_part; });
}

/// «منذ ساعات الصباح»: the day of publication, unless a day follows that it is of («… فجر أمس»).
std::optional<DateMention> DateReader::hours_of_today(TokenRange range) const {
    constexpr std::size_t reach = 3;
    for (std::size_t next = range.end - 1; next < range.end + reach; ++next) {
        if (next < m_text.size() && named_day_at(next)) {
            return std::nullopt;
        }
    }
    DateMention mention;
    mention.tokens = range;
    mention.first = m_published;
    mention.last = m_published;
    mention.time_precision = precision_week; // of a day, or of the night before it
    mention.why = fmt::format("{}: on the day of publication", quoted(range.begin, range.end));
    return mention;
}

std::optional<DateMention> DateReader::span_at(std::size_t at) const {
    if (!m_phrases.any_at(at) && !whole_at(at) && !read_number(m_text, at, m_vocabulary.numbers())) {
        return std::nullopt;
    }
    if (auto mention = since_start_at(at)) {
        return mention;
    }
    auto const since = m_phrases.at(at, Role::since);
    auto const ago = m_phrases.at(at, Role::ago);
    auto const within = m_phrases.at(at, Role::within);
    std::size_t begin = since ? since->next : ago && ago->value == 0 ? ago->next : within ? within->next : at;
    auto const about = begin > at ? m_phrases.at(begin, Role::about) : std::nullopt; // «قبل نحو شهرين»
    begin = about ? about->next : begin;
    std::optional<Way> way;
    if (since) {
        way = Way::until_now;
    } else if (ago && ago->value == 0) {
        way = Way::ago;
    }
    struct Modifier {
        Role role;
        Way way;
    };
    constexpr std::array<Modifier, 3> modifiers{
        {{Role::past, Way::past}, {Role::current, Way::current}, {Role::next, Way::next}}};
    for (Modifier const& each : modifiers) { // "last week", «هذا الأسبوع»
        if (auto const before = m_phrases.at(begin, each.role); before && before->value == 1) {
            way = each.way;
            begin = before->next;
            break;
        }
    }
    auto const length = length_at(begin);
    bool const are_hours = length && length->unit == Role::hour && length->count == 0;
    if (are_hours && is_part_of_day(length->next)) {
        return since ? hours_of_today({at, length->next + 1}) : std::nullopt;
    }
    if (!length || is_name_of_period(length->next)) {
        return std::nullopt;
    }
    std::size_t end = length->next;
    for (Modifier const& each : modifiers) {
        if (auto const after = m_phrases.at(end, each.role); after && after->value == 0 && way != Way::ago) {
            way = each.way;
            end = after->next;
            break;
        }
    }
    if (auto const after = m_phrases.at(end, Role::ago); after && after->value == 1) {
        way = Way::ago;
        end = after->next;
    }
    bool const of_another = way == Way::ago && m_phrases.at(end, Role::of); // «قبل ثلاثة أيام من …»
    bool const today =
        length->unit == Role::day && length->count == 1 && way != Way::ago && way != Way::until_now;
    if (!way || of_another || today) {
        return std::nullopt;
    }
    DateMention mention = said(*length, *way, {at, end});
    mention.time_precision =
        about ? std::max(mention.time_precision, precision_week) : mention.time_precision;
    return mention;
}

DateMention DateReader::said(Length const& length, Way way, TokenRange range) const {
    DateMention mention;
    mention.tokens = range;
    std::string const words = quoted(range.begin, range.end);
    bool const whole = length.unit == Role::month_unit || length.unit == Role::year;
    mention.time_precision = whole ? precision_month : precision_week;
    if (!m_published) {
        mention.why = fmt::format("{} counts from publication, and the report is undated", words);
        return mention;
    }
    if (length.count == 0 && length.unit == Role::hour && way == Way::past) {
        set(mention, *m_published - days{1}, *m_published, precision_week); // «الساعات الماضية»
        mention.why = fmt::format("{}: the day of publication or the one before", words);
        return mention;
    }
    if (length.count == 0) {
        mention.why = fmt::format("{} does not say how many", words);
        return mention;
    }
    mention.why = fmt::format("{} counted from publication", words);
    bool const to_the_day = way == Way::until_now || (way == Way::past && length.count > 1);
    if (whole && !to_the_day) {
        resolve_calendar(length, way, mention);
    } else {
        resolve(length, way, mention);
    }
    return mention;
}

/// Whole months and years of the calendar: «الشهر الماضي», «قبل عامين».
void DateReader::resolve_calendar(Length const& length, Way way, DateMention& mention) const {
    std::chrono::year_month const now = month_of(*m_published);
    int const step = way == Way::current ? 0 : way == Way::next ? length.count : -length.count;
    if (length.unit == Role::year) {
        set_year(mention, static_cast<int>(now.year()) + step);
        mention.historical = step < 0;
    } else {
        std::chrono::year_month const which = now + months{step};
        set(mention, first_day(which), last_day(which), precision_month);
    }
    if (way == Way::current) {
        mention.last = *m_published;
    }
}

/// Days up to publication, or after it.
void DateReader::resolve(Length const& length, Way way, DateMention& mention) const {
    Date const now = *m_published;
    if (length.unit == Role::month_unit || length.unit == Role::year) {
        int const back = length.unit == Role::year ? 12 * length.count : length.count;
        std::chrono::year_month const first = month_of(now) - months{back};
        std::chrono::year_month_day const day{first / std::chrono::year_month_day{now}.day()};
        set(mention, day.ok() ? Date{day} : last_day(first), now, precision_month);
        return;
    }
    int const count = length.unit == Role::hour   ? (length.count + 23) / 24
                      : length.unit == Role::week ? 7 * length.count
                                                  : length.count;
    int const precision = count <= 7 ? precision_week : precision_month;
    switch (way) {
    case Way::ago:
        if (length.unit == Role::day) {
            set(mention, now - days{count}, now - days{count}, 1);
        } else if (length.unit == Role::week) {
            set(mention, now - days{count}, now - days{count}, precision_week);
        } else {
            set(mention, now - days{count}, now, precision_week);
        }
        return;
    case Way::until_now:
        set(mention, now - days{count}, now, precision);
        return;
    case Way::past: {
        bool const whole_week = length.unit == Role::week && length.count == 1; // «الأسبوع الماضي»
        set(mention, now - days{count}, whole_week ? now - days{1} : now, precision);
        return;
    }
    case Way::current:
        set(mention, now - days{count - 1}, now, precision);
        return;
    case Way::next:
        set(mention, now + days{1}, now + days{count}, precision);
        return;
    }
}

} // namespace kharita::text
