#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "geoparse/recognise.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

/// The list behind one type word of two or many places.
class SharedHead {
public:
    SharedHead(Context const& context, std::vector<bool> const& furniture, CueHit const& head)
        : m_context{context},
          m_furniture{furniture},
          m_head{head} {}

    void add_names(std::vector<Draft>& drafts) const {
        constexpr std::size_t two = 2;
        constexpr std::size_t many = 8;
        std::size_t const most = m_head.word->type->number == TypeWord::Number::two ? two : many;
        std::size_t token = m_head.clitics.article ? behind_such_as() : m_head.tokens.end;
        for (std::size_t i = 0; i < most; ++i) {
            bool const first = i == 0;
            std::size_t const begin = first ? token : after_comma(token);
            if (!first && !follows(begin)) {
                return;
            }
            if (auto draft = name_at(begin, first)) {
                token = draft->tokens.end;
                drafts.push_back(std::move(*draft));
            } else {
                token = begin + 1; // the gazetteer has it without the type word, or not at all
            }
        }
    }

private:
    /// «المعابر الحدودية بين البلدين مثل A وB»: where the names begin; beyond the text where none are given.
    std::size_t behind_such_as() const {
        static std::array<std::string, 4> const such_as{text::fold_key("مثل"), text::fold_key("ومنها"),
                                                        text::fold_key("منها"), text::fold_key("بينها")};
        constexpr std::size_t reach = 6;
        auto const& text = m_context.text;
        for (std::size_t token = m_head.tokens.end; token < m_head.tokens.end + reach; ++token) {
            if (token >= text.size() || (sign_at(text, token) != 0 && sign_at(text, token) != ',')) {
                break;
            }
            if (std::ranges::find(such_as, text.codes(token)) != such_as.end()) {
                return token + 1;
            }
        }
        return text.size();
    }

    std::size_t after_comma(std::size_t token) const {
        return sign_at(m_context.text, token) == ',' ? token + 1 : token;
    }

    /// Whether one more name may begin at a token: with «و», or behind a comma.
    bool follows(std::size_t token) const {
        return is_word(token) && (m_context.text.codes(token).front() == code(U'و') ||
                                  sign_at(m_context.text, token - 1) == ',');
    }

    bool is_word(std::size_t token) const {
        CueHit const* const cue = m_context.cues.starting(token);
        return token < m_context.text.size() && !m_furniture[token] &&
               is_arabic_word(m_context.text, token) && (cue == nullptr || cue->word->heads_name);
    }

    /// The longest name of at most two words.
    std::optional<Draft> name_at(std::size_t begin, bool first) const {
        for (std::size_t end = begin + 2; end > begin; --end) {
            if (!is_word(begin) || !is_word(end - 1)) {
                continue;
            }
            Draft draft;
            draft.tokens = {begin, end};
            draft.clitics.conjunction = !first && m_context.text.codes(begin).front() == code(U'و');
            draft.clitics.length = draft.clitics.conjunction ? 1 : 0;
            auto const tokens = m_context.text.tokens();
            draft.span = m_context.text.source_span(tokens[begin].begin + draft.clitics.proclitics(),
                                                    tokens[end - 1].end);
            draft.candidates = candidates(draft.span.of(m_context.text.source()));
            draft.with_head = true;
            if (!draft.candidates.empty() && can_be_name(draft)) {
                return draft;
            }
        }
        return std::nullopt;
    }

    /// «حيا لا»: no place is called so.
    bool can_be_name(Draft const& draft) const {
        std::string_view const word = m_context.text.codes(draft.tokens.begin).substr(draft.clitics.length);
        constexpr std::size_t shortest = 3;
        return word.size() >= shortest && !m_context.table.is_plain_word(word);
    }

    /// Of a name behind its own type word; none that is only spelt alike.
    std::vector<gazetteer::Candidate> candidates(std::string_view name) const {
        for (std::string const& each : m_head.word->each) {
            auto found = m_context.gazetteer.named(each + " " + std::string{name});
            if (!found.empty()) {
                return found;
            }
        }
        return {};
    }

    Context const& m_context;
    std::vector<bool> const& m_furniture;
    CueHit const& m_head;
};

} // namespace

std::vector<Draft> names_with_shared_head(Context const& context, std::vector<bool> const& furniture) {
    std::vector<Draft> drafts;
    for (std::size_t token = 0; token < context.text.size(); ++token) {
        CueHit const* const head = context.cues.starting(token);
        if (head != nullptr && head->word->type && !head->word->each.empty()) {
            SharedHead{context, furniture, *head}.add_names(drafts);
        }
    }
    return drafts;
}

std::optional<Draft> name_behind_or(Context const& context, std::size_t token) {
    static constexpr std::string_view prefix = "أو";
    static constexpr std::size_t letters = 2;
    constexpr std::size_t shortest = 6;
    auto const& text = context.text;
    std::string_view const codes = text.codes(token);
    if (codes.size() < shortest || codes[0] != text::code(U'ا') || codes[1] != text::code(U'و')) {
        return std::nullopt;
    }
    std::string_view const word = text.source_text(token);
    if (!word.starts_with(prefix) || context.cues.starting(token) != nullptr) {
        return std::nullopt;
    }
    Draft draft;
    draft.candidates = context.gazetteer.named(word.substr(prefix.size()));
    std::erase_if(draft.candidates, [&](gazetteer::Candidate const& candidate) {
        return candidate.kind > gazetteer::MatchKind::folded ||
               context.gazetteer.feature_class_of(candidate.place) != gazetteer::FeatureClass::country;
    });
    if (draft.candidates.empty()) {
        return std::nullopt;
    }
    draft.tokens = {token, token + 1};
    draft.clitics.length = letters;
    draft.clitics.conjunction = true;
    draft.clitics.preposition = text::code(U'و'); // no preposition, but the second letter of «أو»
    draft.span = text.source_span(text.tokens()[token].begin + letters, text.tokens()[token].end);
    return draft;
}

} // namespace kharita::geoparse
