#include "text/dates.hpp"

#include <algorithm>

#include "text/date_reader.hpp"

namespace kharita::text {

namespace {

/// Of the ways to read one place the longest; the earlier in this order where they are as long.
std::optional<DateMention> longest_at(DateReader const& reader, std::size_t at) {
    // Most tokens begin nothing; all but lengths of time begin with a phrase or with digits.
    if (!reader.may_begin(at)) {
        return reader.span_at(at);
    }
    std::optional<DateMention> best;
    for (auto& mention : {reader.day_at(at), reader.days_at(at), reader.period_at(at), reader.span_at(at),
                          reader.hijri_at(at)}) {
        if (mention && (!best || mention->tokens.end > best->tokens.end)) {
            best = mention;
        }
    }
    return best;
}

} // namespace

std::vector<DateMention> find_dates(TokenizedText const& text, std::optional<Date> published,
                                    DateVocabulary const& vocabulary) {
    std::vector<DateMention> mentions;
    DateReader const reader{text, published, vocabulary};
    for (std::size_t at = 0; at < text.size();) {
        if (auto const next = reader.after_no_day(at)) {
            at = *next;
            continue;
        }
        auto mention = longest_at(reader, at);
        if (!mention) {
            ++at;
            continue;
        }
        at = std::max(at + 1, mention->tokens.end);
        if (mention->last && published && *mention->last < *published - std::chrono::days{365}) {
            mention->historical = true;
        }
        mentions.push_back(*std::move(mention));
    }
    return mentions;
}

} // namespace kharita::text
