#include <algorithm>

#include "geoparse/coordination.hpp"
#include "geoparse/recognise.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

/// Finds places where a name must stand and none is known.
class UnknownNames {
public:
    UnknownNames(Context const& context, std::vector<bool> const& furniture, std::vector<Draft>& drafts)
        : m_context{context},
          m_furniture{furniture},
          m_drafts{drafts},
          m_taken(context.text.size()) {
        for (Draft const& draft : drafts) {
            take(draft.tokens);
        }
    }

    void find() {
        for (std::size_t token = 0; token < m_context.text.size(); ++token) {
            if (m_furniture[token]) {
                continue;
            }
            if (CueHit const* const hit = m_context.cues.starting(token); hit != nullptr) {
                after_cue(*hit);
            }
            in_list(token);
        }
    }

private:
    void take(text::TokenRange range) {
        for (std::size_t token = range.begin; token < range.end; ++token) {
            m_taken[token] = true;
        }
    }

    /// A word that can be a name: not taken, no cue, no common word, no adjective in ية.
    bool can_be_name(std::size_t token, text::CliticReading const& clitics) const {
        auto const& text = m_context.text;
        if (token >= text.size() || m_taken[token] || m_furniture[token] ||
            text.tokens()[token].kind != text::Token::Kind::word || !is_arabic_word(text, token)) {
            return false;
        }
        std::string_view const word = text.codes(token).substr(clitics.proclitics());
        if (word.size() < 3 || m_context.table.is_plain_word(word) ||
            m_context.table.common_prior(word).value_or(1) < 0.02) {
            return false;
        }
        CueHit const* const cue = m_context.cues.starting(token);
        if (cue != nullptr && !cue->word->heads_name) {
            return false;
        }
        bool const relative_adjective =
            word.size() > 4 && word[word.size() - 1] == code(U'ه') && word[word.size() - 2] == code(U'ي');
        bool const feminine_plural =
            word.size() > 4 && word[word.size() - 1] == code(U'ت') && word[word.size() - 2] == code(U'ا');
        return !relative_adjective && !feminine_plural;
    }

    /// One word, two where the first begins names («تل …», «عين …»), or what a pair of quotes holds.
    text::TokenRange extent(std::size_t token) const {
        auto const& text = m_context.text;
        std::size_t end = token + 1;
        if (token > 0 && is_quote(sign_at(text, token - 1))) {
            std::size_t closing = token;
            while (closing < token + 5 && sign_at(text, closing) == 0 && closing < text.size()) {
                ++closing;
            }
            if (is_quote(sign_at(text, closing))) {
                return {token, closing};
            }
        }
        CueHit const* const cue = m_context.cues.starting(token);
        if (cue != nullptr && cue->word->heads_name && can_be_name(end, {}) && !m_taken[end]) {
            ++end;
        } else if (can_be_name(end, {}) && !has_article(text.codes(end)) && !followed(token + 1) &&
                   followed(end + 1)) {
            ++end; // «قرف مغار في …»: the phrase ends after the second word
        }
        return {token, end};
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

    /// «قرية X», «في X بريف D».
    void after_cue(CueHit const& hit) {
        bool const definite = hit.clitics.article || hit.clitics.lam_article;
        std::size_t token = hit.tokens.end;
        bool const quoted = is_quote(sign_at(m_context.text, token));
        token += quoted ? 1 : 0;
        if (!can_be_name(token, {})) {
            return;
        }
        text::TokenRange const range = extent(token);
        bool const scoped = scope_follows(m_context, range);
        bool const typed = hit.word->type && hit.word->type->opens && !definite;
        if (typed) {
            bool const one = hit.word->type->number == TypeWord::Number::one;
            if (scoped || quoted || (one && introduced(hit))) {
                add(range, {});
            }
        } else if (hit.word->link == Link::in && hit.tokens.size() == 1 && scoped &&
                   !has_article(m_context.text.codes(token))) {
            add(range, {});
        }
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

    /// «A، وX، وB»: between known members of a list, or the last before its scope.
    void in_list(std::size_t token) {
        auto const& text = m_context.text;
        if (m_taken[token] || text.tokens()[token].kind != text::Token::Kind::word) {
            return;
        }
        std::string_view const word = text.codes(token);
        text::CliticReading reading;
        if (word.size() > 3 && word.front() == code(U'و')) {
            reading.length = 1;
            reading.conjunction = true;
        }
        if (!can_be_name(token, reading)) {
            return;
        }
        auto const next =
            std::lower_bound(m_drafts.begin(), m_drafts.end(), token,
                             [](Draft const& draft, std::size_t at) { return draft.tokens.begin < at; });
        if (next == m_drafts.begin()) {
            return;
        }
        Draft const before = *(next - 1);
        text::TokenRange const range = extent(token);
        Setting const setting = read_setting(m_context, range, reading);
        if (setting.bearer != Bearer::none || setting.phrase.begin != token ||
            !coordinates(m_context, before.setting, setting)) {
            return;
        }
        bool const opened = before.setting.type && before.setting.type->number != TypeWord::Number::one;
        bool const goes_on =
            next != m_drafts.end() && coordinates(m_context, setting, next->setting) && opened;
        if (goes_on || (scope_follows(m_context, range) && before.setting.link != Link::to)) {
            add(range, reading);
        }
    }

    void add(text::TokenRange range, text::CliticReading const& clitics) {
        Draft draft;
        draft.tokens = range;
        draft.clitics = clitics;
        draft.known = false;
        draft.setting = read_setting(m_context, range, clitics);
        if (draft.setting.bearer != Bearer::none) {
            return;
        }
        draft.span = m_context.text.span(range);
        auto const tokens = m_context.text.tokens();
        auto const first = tokens[range.begin].begin + clitics.proclitics();
        draft.span = m_context.text.source_span(first, tokens[range.end - 1].end);
        draft.candidates = m_context.gazetteer.fuzzy(m_context.text, range);
        take(range);
        auto const at =
            std::lower_bound(m_drafts.begin(), m_drafts.end(), range.begin,
                             [](Draft const& each, std::size_t token) { return each.tokens.begin < token; });
        m_drafts.insert(at, std::move(draft));
    }

    Context const& m_context;
    std::vector<bool> const& m_furniture;
    std::vector<Draft>& m_drafts;
    std::vector<bool> m_taken;
};

} // namespace

void add_unknown_names(Context const& context, std::vector<bool> const& furniture,
                       std::vector<Draft>& drafts) {
    UnknownNames{context, furniture, drafts}.find();
}

} // namespace kharita::geoparse
