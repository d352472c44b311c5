#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/date.hpp"
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
    std::string why; ///< "«أمس» = the day before publication; weekday agrees"
};

/// The words that dates are made of, from months.tsv, weekdays.tsv and date_words.tsv of
/// gazetteer/vocabulary/, with number_words.tsv for «منذ ثلاثة أيام». Immutable; load it once and pass it on.
class DateVocabulary {
public:
    /// `folder` is data_dir() / "gazetteer" / "vocabulary". Throws InputError with file and line.
    static DateVocabulary load(std::filesystem::path const& folder);

    NumberWords const& numbers() const noexcept { return m_numbers; }

    /// What a phrase of one to three words means for dates: see the head of date_words.tsv.
    struct Phrase {
        std::string role;
        int value = 0;
    };
    /// A phrase by its letter codes, words separated by single spaces. Valid while this lives.
    Phrase const* find(std::string_view codes) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view codes) const noexcept {
            return std::hash<std::string_view>{}(codes);
        }
    };
    NumberWords m_numbers;
    std::unordered_map<std::string, Phrase, Hash, std::equal_to<>> m_phrases;
};

/// All dates of a text in order, without overlaps: «أمس», «أول من أمس», «أمس الأول», «اليوم», «غدا»,
/// «البارحة», weekdays with or without parentheses (as a checksum on a neighbouring relative day; alone: the
/// nearest such day not after publication, with «الماضي» the one before), part of day, «خلال الـ24 ساعة
/// الماضية», «منذ … أيام», day month [year] with months in three vocabularies, also doubled «آب/أغسطس»;
/// numeric dates 22-02-2022, 2/11/2021; English: yesterday, today, Wednesday, last Friday, 31 July 2019, July
/// 31, 2019.
std::vector<DateMention> find_dates(TokenizedText const& text, std::optional<Date> published,
                                    DateVocabulary const& vocabulary);

} // namespace kharita::text
