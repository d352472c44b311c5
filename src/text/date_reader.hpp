#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/date_phrases.hpp"
#include "text/dates.hpp"
#include "text/hijri.hpp"

namespace kharita::text {

/// A single day that a text names, in one of three ways.
struct NamedDay {
    enum class Kind : std::uint8_t { weekday, relative, calendar }; ///< the later, the more explicit
    Kind kind = Kind::weekday;
    std::size_t next = 0;    ///< the token after it
    std::optional<Date> day; ///< empty where that needs a day of publication and there is none
    std::optional<std::chrono::weekday> weekday; ///< of a weekday
    std::string why;
};

/// Reads dates at tokens of one text.
class DateReader {
public:
    /// The references must outlive it.
    DateReader(TokenizedText const& text, std::optional<Date> published, DateVocabulary const& vocabulary)
        : m_text{text},
          m_published{published},
          m_vocabulary{vocabulary},
          m_phrases{text, vocabulary} {}

    /// Whether a phrase of the vocabulary or digits stand at a token. Where not, at most a length of time in
    /// words begins there («ثلاثة أيام»).
    bool may_begin(std::size_t at) const {
        return m_phrases.any_at(at) || m_text.tokens()[at].kind == Token::Kind::number;
    }
    /// Behind a phrase that names no day though a word in it could: «حتى اليوم», «روسيا اليوم».
    std::optional<std::size_t> after_no_day(std::size_t at) const;
    /// A day with part of day, weekday in parentheses and whatever else belongs to it.
    std::optional<DateMention> day_at(std::size_t at) const;
    /// A day told by the one named last before it, which is `last`: «الليلة نفسها», «في اليوم التالي».
    /// Nothing without one.
    std::optional<DateMention> same_day_at(std::size_t at, std::optional<Date> last) const;
    /// How many years before its report what is remembered was: «الذكرى العاشرة»; 0 where nothing is.
    int years_remembered_at(std::size_t at) const;
    /// A month or a year: «آب 2013», «تموز الماضي», «عام 2012».
    std::optional<DateMention> period_at(std::size_t at) const;
    /// A year without a month: «عام 2012», "in 2012".
    std::optional<DateMention> lone_year_at(std::size_t at) const;
    /// Days of one month: «3–5 آب», «من 3 إلى 5 آب», "3 to 5 August".
    std::optional<DateMention> days_at(std::size_t at) const;
    /// A day or month of the Islamic calendar, with the weekday before and the Gregorian day after it.
    std::optional<DateMention> hijri_at(std::size_t at) const;
    /// A length of time counted from publication: «منذ ثلاثة أيام», «الأسبوع الماضي», "two weeks ago".
    std::optional<DateMention> span_at(std::size_t at) const;

private:
    using Role = DateVocabulary::Role;

    /// «آب/أغسطس»; `value` is the month.
    struct Month {
        unsigned value = 0;
        std::size_t next = 0;
    };
    struct Year {
        int value = 0;
        std::size_t next = 0;
    };
    struct Hijri {
        HijriDate date;
        std::size_t next = 0;
    };
    /// A number of units: «ثلاثة أيام», «الساعات الـ24», «أسبوع».
    struct Length {
        int count = 0; ///< 0 where the text does not say
        Role unit = Role::day;
        std::size_t next = 0;
        bool article = false;
    };
    /// Which way a length of time is said.
    enum class Way { ago, until_now, past, current, next };

    std::optional<NamedDay> named_day_at(std::size_t at) const;
    std::optional<DateMention> night_at(std::size_t at) const;
    std::optional<NamedDay> relative_at(std::size_t at) const;
    std::optional<NamedDay> weekday_at(std::size_t at) const;
    std::optional<NamedDay> calendar_at(std::size_t at) const;
    std::optional<NamedDay> numeric_at(std::size_t at) const;
    std::optional<NamedDay> day_month_at(std::size_t at) const;
    std::optional<NamedDay> day_of_this_month_at(std::size_t at, int day) const;
    std::optional<NamedDay> month_day_at(std::size_t at) const;
    NamedDay with_year(Month month, unsigned day, std::size_t begin) const;

    std::optional<Hijri> hijri_day_at(std::size_t at) const;
    std::optional<Hijri> numeric_hijri_at(std::size_t at) const;
    std::optional<DateMention> hijri_month_at(std::size_t at) const;
    std::optional<DateMention> feast_at(std::size_t at) const;
    DateMention day_of_feast(int feast, int day, TokenRange range) const;
    Year hijri_year_at(std::size_t at) const;
    std::optional<Month> month_at(std::size_t at) const;
    std::optional<Year> year_at(std::size_t at) const;
    std::optional<int> whole_at(std::size_t at) const;
    std::size_t after_day_words(std::size_t at) const;
    std::size_t after_glue(std::size_t at) const;

    std::optional<DateMention> months_at(std::size_t at) const;
    std::optional<DateMention> since_start_at(std::size_t at) const;
    std::optional<Length> length_at(std::size_t at) const;
    std::optional<Length> unit_at(std::size_t at) const;
    DateMention said(Length const& length, Way way, TokenRange range) const;
    void resolve(Length const& length, Way way, DateMention& mention) const;
    void resolve_calendar(Length const& length, Way way, DateMention& mention) const;
    bool is_name_of_period(std::size_t at) const;
    bool is_part_of_day(std::size_t at) const;
    std::optional<DateMention> hours_of_today(TokenRange range) const;
    bool is_bare_year(std::size_t at) const;

    bool sign_at(std::size_t at, std::string_view sign) const { return m_text.codes(at) == sign; }
    bool is_capital(std::size_t at) const;
    std::string quoted(std::size_t begin, std::size_t end) const;

    TokenizedText const& m_text;
    std::optional<Date> m_published;
    DateVocabulary const& m_vocabulary;
    DatePhrases m_phrases;
};

} // namespace kharita::text
