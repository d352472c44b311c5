#include "geoparse/recognise.hpp"

#include <string>

#include "geoparse/signs.hpp"
#include "text/paragraphs.hpp"

namespace kharita::geoparse {

namespace {

void mark(std::vector<bool>& furniture, std::size_t begin, std::size_t end) {
    for (std::size_t token = begin; token < end; ++token) {
        furniture[token] = true;
    }
}

/// The tokens of a line without its line ends.
text::TokenRange trimmed(text::TokenizedText const& text, text::TokenRange line) {
    while (line.size() > 0 && sign_at(text, line.end - 1) == '\n') {
        --line.end;
    }
    while (line.size() > 0 && sign_at(text, line.begin) == '\n') {
        ++line.begin;
    }
    return line;
}

bool ends_sentence(text::TokenizedText const& text, text::TokenRange line) {
    constexpr std::size_t longest_headline = 40; // in tokens; questions and exclamations are headlines too
    if (line.size() > longest_headline) {
        return true;
    }
    std::size_t end = line.end;
    while (end > line.begin && (is_quote(sign_at(text, end - 1)) || sign_at(text, end - 1) == ')')) {
        --end;
    }
    if (end == line.begin || sign_at(text, end - 1) != '.') {
        return false;
    }
    // "…" folds to a full stop but leaves a headline open.
    return text.source_text(end - 1) == ".";
}

/// No sentence ends between a token and the end of its line.
bool is_last_remark(text::TokenizedText const& text, std::size_t token, text::TokenRange line) {
    constexpr std::size_t longest_tags = 12;
    if (line.end - token <= longest_tags) {
        return true; // «سمات التحالف. العراق»
    }
    for (; token < line.end; ++token) {
        if (sign_at(text, token) == '.' && text.source_text(token) == ".") {
            return false;
        }
    }
    return true;
}

/// A full stop right before, closing quotation marks aside.
bool ends_remark(text::TokenizedText const& text, std::size_t token) {
    while (token > 0 && is_quote(sign_at(text, token - 1))) {
        --token;
    }
    return token > 0 && sign_at(text, token - 1) == '.';
}

/// «دمشق 6 رجب 1437 هـ الموافق 13 نيسان 2016 م …»: where and when an agency's report was written.
bool is_agency_line(text::TokenizedText const& text, text::TokenRange line) {
    static std::string const agreeing = text::fold_key("الموافق");
    constexpr std::size_t longest = 16;
    if (line.size() > longest || ends_sentence(text, line)) {
        return false;
    }
    for (std::size_t token = line.begin; token < line.end; ++token) {
        if (text.codes(token) == agreeing) {
            return true;
        }
    }
    return false;
}

/// «جسر – إدلب», «دمشق - خاص:»: who writes, and where.
bool is_dateline(text::TokenizedText const& text, text::TokenRange line) {
    constexpr std::size_t longest = 6;
    if (line.size() < 3 || line.size() > longest) {
        return false;
    }
    bool dash = false;
    for (std::size_t token = line.begin; token < line.end; ++token) {
        char const sign = sign_at(text, token);
        dash = dash || sign == '-' || sign == '/';
        if (sign == ':' && token + 1 < line.end) {
            return false;
        }
    }
    return dash && !ends_sentence(text, line);
}

} // namespace

std::vector<bool> find_furniture(Context const& context) {
    auto const& text = context.text;
    std::vector<bool> furniture(text.size());
    std::size_t last_sentence = 0; // index of the paragraph after the last that ends as sentences do
    std::size_t sentences = 0;
    auto const paragraphs = text.paragraphs();
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        auto const line = trimmed(text, paragraphs[i]);
        if (line.size() == 0) {
            continue;
        }
        bool ends = ends_sentence(text, line);
        for (std::size_t token = line.begin; token < line.end; ++token) {
            CueHit const* const hit = context.cues.starting(token);
            bool const mark_here = hit != nullptr && hit->word->furniture && hit->clitics.length == 0;
            bool const begins = token == line.begin || ends_remark(text, token);
            // One word («السابق») is a mark only when it is all of the line.
            bool const tags = mark_here && hit->word->tags && is_last_remark(text, token, line);
            if (mark_here && (hit->tokens.size() > 1 || hit->tokens.end == line.end || tags) &&
                (begins || hit->tokens.size() > 1)) {
                mark(furniture, token, line.end);
                // «… وفقا للبيان. سمات سوريا داعش»: what stands before the tags is text.
                ends = ends || (tags && token > line.begin && ends_sentence(text, {line.begin, token}));
                break;
            }
            // «… | فيديو» links to another report; «عاجل #حلب | …» begins this one.
            constexpr std::size_t label = 2;
            constexpr std::size_t shortest_report = 4;
            if (text.source_text(token) == "|" && token - line.begin > label &&
                line.end - token <= shortest_report) {
                mark(furniture, line.begin, line.end);
                break;
            }
        }
        if (ends) {
            last_sentence = i + 1;
            ++sentences;
        }
        if (is_dateline(text, line) || is_agency_line(text, line)) {
            mark(furniture, line.begin, line.end);
        }
    }
    // Where a report is written in sentences, headlines after the last one are of other reports; its own last
    // line may lack its full stop.
    if (sentences >= 2) {
        bool const is_alone = last_sentence + 1 == paragraphs.size();
        for (std::size_t i = last_sentence; i < paragraphs.size(); ++i) {
            auto const line = trimmed(text, paragraphs[i]);
            if (!text::goes_on(text, line) && !(is_alone && text::is_long_line(text, line))) {
                mark(furniture, paragraphs[i].begin, paragraphs[i].end);
            }
        }
    }
    return furniture;
}

} // namespace kharita::geoparse
