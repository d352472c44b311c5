#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "text/code_map.hpp"
#include "text/numbers.hpp"
#include "text/tokens.hpp"

namespace kharita::text {

/// An expression of time found in a text, resolved against the day of publication.
struct DateMention {
    TokenRange tokens;
    std::optional<Date>
        first; ///< empty where it is relative and the report is undated, or weekday and day disagree
    std::optional<Date> last; ///< equal to `first` for a single day
    int time_precision = 1;   ///< ACLED: 1 day, 2 week, 3 month
    bool historical =
        false; ///< lies more than a year before publication, or is said of a past period («عام 2012»)
    bool is_weekday = false; ///< told by its weekday alone, which recurs
    /// Of «اليوم (الاثنين)», how many days before publication the report was written by the weekday's word: 0
    /// or
    /// 1. Empty where no weekday stands with a relative day.
    std::optional<int> written_before;
    std::string why; ///< "«أمس» = the day before publication; weekday agrees"
};

/// The words that dates are made of, from months.tsv, hijri_months.tsv, weekdays.tsv and date_words.tsv of
/// gazetteer/vocabulary/, with number_words.tsv for «منذ ثلاثة أيام». Immutable; load it once and pass it on.
class DateVocabulary {
public:
    /// What a phrase does in a date: see the head of date_words.tsv.
    enum class Role : std::uint8_t {
        month,
        weekday,
        relative,
        day_word,
        day_part,
        no_date,
        no_day,
        hour,
        day,
        week,
        month_unit,
        year,
        past,
        next,
        current,
        ago,
        since,
        within,
        article,
        year_word,
        month_lead,
        of,
        ordinal,
        ordinal_ending,
        up_to,
        start,
        hijri_month,
        hijri_sure,
        hijri_mark,
        feast,
        nth,
        corresponds,
        same_day,
        anniversary,
        about
    };
    struct Meaning {
        Role role = Role::month;
        int value = 0;
    };
    static constexpr std::size_t longest_phrase = 4; ///< in words

    /// `folder` is data_dir() / "gazetteer" / "vocabulary". Throws InputError with file and line.
    static DateVocabulary load(std::filesystem::path const& folder);

    NumberWords const& numbers() const noexcept { return m_numbers; }
    /// All meanings of a phrase by its letter codes, words separated by single spaces; empty when it has
    /// none. Valid while this lives.
    std::span<Meaning const> find(std::string_view codes) const;
    /// Whether some phrase begins with this word.
    bool begins(std::string_view word_codes) const;

private:
    void add(std::string_view where, std::string_view form, Meaning meaning);

    NumberWords m_numbers;
    CodeMap<std::vector<Meaning>> m_phrases;
    CodeMap<bool> m_first_words;
};

/// All dates of a text in order, without overlaps: «أمس», «أول من أمس», «أمس الأول», «اليوم», «غدا»,
/// «البارحة», weekdays with or without parentheses (as a checksum on a neighbouring relative day; alone: the
/// nearest such day not after publication, with «الماضي» the one before), part of day, «خلال الـ24 ساعة
/// الماضية», «منذ … أيام», day month [year] with months in three vocabularies, also doubled «آب/أغسطس»;
/// numeric dates 22-02-2022, 2/11/2021 (day first unless it cannot be), 2022-02-22; English: yesterday,
/// today, Wednesday, last Friday, 31 July 2019, July 31, 2019, two days ago, last week. Ranges: «3–5 آب»,
/// «بين أيلول وكانون الثاني الماضيين», «منذ بداية الشهر».
///
/// Days and months of the Islamic calendar («26 شوال 1436 هـ») by its tabular form, which may be a day off: a
/// range of three days with `time_precision` 2, unless a weekday or «الموافق 11 أغسطس 2015» says which. So
/// are days of the two feasts («ثاني أيام عيد الأضحى»), of the latest such feast not after publication.
///
/// «الليلة نفسها», «في اليوم التالي»: the day named last before, or the one after it. A day behind «الذكرى
/// العاشرة لـ…» is that many years before.
///
/// A report that says «اليوم (الاثنين)» on a Tuesday was written a day before it was published, and so are
/// its other days counted from there, unless another such day agrees with publication.
///
/// Days that stand together («أمس (الأربعاء) 31 تموز») are one mention: the most explicit gives the day, the
/// others must agree, else `first` is empty. A day and month without year is the latest not after
/// publication. Numbers of hours or days that end with publication are a range with `time_precision` 2.
std::vector<DateMention> find_dates(TokenizedText const& text, std::optional<Date> published,
                                    DateVocabulary const& vocabulary);

} // namespace kharita::text
