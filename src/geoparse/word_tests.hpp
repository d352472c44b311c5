#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "geoparse/draft.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

/// Which words of a text may be names that the gazetteer lacks.
class WordTests {
protected:
    /// `context` and `furniture` must outlive it.
    WordTests(Context const& context, std::vector<bool> const& furniture)
        : m_context{context},
          m_furniture{furniture},
          m_taken(context.text.size()) {}

    /// A word that can be a name: not taken, no cue, no common word.
    bool can_be_name(std::size_t token, text::CliticReading const& clitics) const {
        auto const& text = m_context.text;
        if (token >= text.size() || m_taken[token] || m_furniture[token] ||
            text.tokens()[token].kind != text::Token::Kind::word || !is_arabic_word(text, token)) {
            return false;
        }
        std::string_view const word = text.codes(token).substr(clitics.proclitics());
        CueHit const* const cue = m_context.cues.starting(token);
        if (heads_name(cue)) {
            return true;
        }
        constexpr double surely_common = 0.02;
        return cue == nullptr && word.size() >= 3 && !m_context.table.is_plain_word(word) &&
               !has_clitic_and_article(word) && !has_pronoun(word) && !has_clitic_and_plain_word(word) &&
               m_context.table.common_prior(word).value_or(1) >= surely_common;
    }

    /// «تل», «عين»: the first of two words that are a name.
    static bool heads_name(CueHit const* cue) {
        return cue != nullptr && cue->word->heads_name && !cue->clitics.article && !cue->clitics.lam_article;
    }

    /// «بالسقوط», «للطبقة»: what a preposition stands before is no part of the phrase before it.
    static bool has_clitic_and_article(std::string_view word) {
        constexpr std::size_t shortest = 5;
        return word.size() >= shortest && ((word[0] == text::code(U'ب') && has_article(word.substr(1))) ||
                                           (word[0] == text::code(U'ل') && word[1] == text::code(U'ل')));
    }

    /// «تلتها», «أطرافهم»: somebody's or something's, and no name.
    static bool has_pronoun(std::string_view word) {
        constexpr std::size_t shortest = 5;
        static std::string const her = text::fold_key("ها");
        static std::string const them = text::fold_key("هم");
        return word.size() >= shortest && (word.ends_with(her) || word.ends_with(them));
    }

    /// «لأخرى», «بهذه».
    bool has_clitic_and_plain_word(std::string_view word) const {
        constexpr std::size_t shortest = 4;
        return word.size() >= shortest && (word[0] == text::code(U'ل') || word[0] == text::code(U'ب')) &&
               m_context.table.is_plain_word(word.substr(1));
    }

    /// The second word of a name whose first heads names: any that is no cue («عين الحلوة»).
    bool can_end_name(std::size_t token) const {
        auto const& text = m_context.text;
        return token < text.size() && !m_taken[token] && !m_furniture[token] &&
               text.tokens()[token].kind == text::Token::Kind::word && is_arabic_word(text, token) &&
               text.codes(token).size() >= 3 && is_no_cue(token) &&
               !m_context.table.is_plain_word(text.codes(token));
    }

    /// Not «كردية», «حدودية», «سكنيات»: a noun that is no adjective by its ending.
    static bool is_no_adjective(std::string_view word) {
        if (word.size() <= 4 || has_article(word)) {
            return true;
        }
        char const last = word[word.size() - 1];
        char const before = word[word.size() - 2];
        bool const relative = last == text::code(U'ه') && before == text::code(U'ي');
        bool const plural = last == text::code(U'ت') && before == text::code(U'ا');
        // «منكوبة», «مأهولة»: participles of four and more consonants.
        constexpr std::size_t participle = 6;
        bool const passive =
            last == text::code(U'ه') && word.front() == text::code(U'م') && word.size() >= participle;
        return !relative && !plural && !passive;
    }

    /// No cue, or one that persons' names share («تل السلطان»).
    bool is_no_cue(std::size_t token) const {
        CueHit const* const cue = m_context.cues.starting(token);
        // «فتحة السد», «عين القلعة»
        bool const definite = cue != nullptr && cue->clitics.article && cue->clitics.proclitics() == 0 &&
                              cue->word->type && cue->tokens.size() == 1;
        return cue == nullptr || definite ||
               ((cue->word->bearer == Bearer::title || cue->word->bearer == Bearer::given_name) &&
                !cue->word->type && cue->word->link == Link::none);
    }

    /// A preposition stands before the type word: «على بلدة …».
    bool introduced(CueHit const& hit) const {
        if (hit.clitics.preposition != 0) {
            return true;
        }
        if (hit.tokens.begin == 0) {
            return false;
        }
        CueHit const* const before = m_context.cues.ending(hit.tokens.begin - 1);
        return before != nullptr &&
               (before->word->link != Link::none || before->word->nearness != Nearness::none ||
                before->word->role.has_value());
    }

    /// «استهدف مسجد X», «تفجير جامع X»: a word of harm stands right before.
    bool is_struck(CueHit const& hit) const {
        CueHit const* const before =
            hit.tokens.begin == 0 ? nullptr : m_context.cues.ending(hit.tokens.begin - 1);
        if (before != nullptr && before->word->happening != Happening::none) {
            return true;
        }
        constexpr std::size_t reach = 5; // «قصفت القوات بالمدفعية جبل X»
        for (std::size_t at = hit.tokens.begin; at > 0 && hit.tokens.begin - at < reach; --at) {
            CueHit const* const verb = m_context.cues.starting(at - 1);
            if (sign_at(m_context.text, at - 1) != 0) {
                return false;
            }
            if (verb != nullptr &&
                (verb->word->happening == Happening::fired || verb->word->happening == Happening::to_it)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a phrase may end before this token: a sign, a preposition, words of scope.
    bool followed(std::size_t token) const {
        if (sign_at(m_context.text, token) != 0 || token >= m_context.text.size()) {
            return true;
        }
        CueHit const* const cue = m_context.cues.starting(token);
        return cue != nullptr && (cue->word->link != Link::none || cue->word->compass.has_value() ||
                                  cue->word->nearness != Nearness::none);
    }

    /// «… قرب D», «… شمال شرق مدينة D»: the place that the gazetteer knows is not the one that is meant.
    bool lies_by_known(std::size_t token) const {
        token += sign_at(m_context.text, token) == ',' ? 1U : 0U;
        auto const is_side = [](CueWord const& word) {
            return word.nearness == Nearness::near ||
                   (word.compass && word.compass->form != Compass::Form::attribute);
        };
        CueHit const* hit = m_context.cues.starting(token);
        if (hit == nullptr || hit->clitics.length != 0 || !is_side(*hit->word)) {
            return false;
        }
        while (hit != nullptr && hit->clitics.length == 0 && (is_side(*hit->word) || hit->word->type) &&
               !m_taken[token]) {
            token = hit->tokens.end;
            hit = m_context.cues.starting(token);
        }
        return token < m_context.text.size() && m_taken[token];
    }

    /// «… بريف D», «… في ريف D».
    bool countryside_follows(std::size_t token) const {
        CueHit const* hit = m_context.cues.starting(token);
        if (hit != nullptr && hit->word->link == Link::in) {
            hit = m_context.cues.starting(hit->tokens.end);
        }
        // «في تقريب الريف إلى المدن»: what nothing ties to the name is the countryside as such.
        bool const tied = hit != nullptr && (!has_article(m_context.text.codes(hit->tokens.begin)) ||
                                             hit->tokens.begin > token);
        return tied && !hit->clitics.conjunction && hit->word->nearness == Nearness::countryside;
    }

    Context const& m_context;
    std::vector<bool> const& m_furniture;
    std::vector<bool> m_taken; ///< by token: part of a name
};

} // namespace kharita::geoparse
