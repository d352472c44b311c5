#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "geoparse/coordination.hpp"
#include "geoparse/recognise.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"
#include "geoparse/word_tests.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

/// Finds places where a name must stand and none is known.
class UnknownNames : private WordTests {
public:
    UnknownNames(Context const& context, std::vector<bool> const& furniture, std::vector<Draft>& drafts)
        : WordTests{context, furniture},
          m_drafts{drafts} {
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
        repeat();
        repeat_two_words();
    }

private:
    void take(text::TokenRange range) {
        for (std::size_t token = range.begin; token < range.end; ++token) {
            m_taken[token] = true;
        }
    }

    /// A name that a type word showed to be one is one elsewhere in the text.
    void repeat() {
        std::vector<std::string> shown;
        for (Draft const& draft : m_drafts) {
            constexpr std::size_t shortest = 4;
            auto const& type = draft.setting.type;
            std::string_view const word = m_context.text.codes(draft.tokens.begin);
            if (!draft.known && draft.tokens.size() == 1 && type && type->opens &&
                word.size() - draft.clitics.proclitics() >= shortest) {
                shown.emplace_back(word.substr(draft.clitics.proclitics()));
            }
        }
        for (std::size_t token = 0; token < m_context.text.size() && !shown.empty(); ++token) {
            std::string_view const word = m_context.text.codes(token);
            for (std::string const& name : shown) {
                std::size_t const prefix = word.size() - std::min(word.size(), name.size());
                text::CliticReading clitics;
                clitics.length = static_cast<std::uint8_t>(prefix);
                clitics.conjunction = prefix > 0 && word.front() == code(U'و');
                clitics.preposition = prefix > 0 && !clitics.conjunction ? word.front() : '\0';
                bool const fits = prefix == 0 || clitics.conjunction || clitics.preposition == code(U'ب') ||
                                  clitics.preposition == code(U'ل');
                if (prefix <= 1 && fits && word.ends_with(name) && can_be_name(token, clitics)) {
                    add({token, token + 1}, clitics);
                    break;
                }
            }
        }
    }

    /// «دير X» that stood for an unknown place before, bare or behind «و».
    void repeat_two_words() {
        auto const& text = m_context.text;
        std::vector<std::pair<std::string, std::string>> shown;
        for (Draft const& draft : m_drafts) {
            if (!draft.known && draft.tokens.size() == 2 && draft.clitics.length == 0 &&
                heads_name(m_context.cues.starting(draft.tokens.begin))) {
                shown.emplace_back(text.codes(draft.tokens.begin), text.codes(draft.tokens.begin + 1));
            }
        }
        for (std::size_t token = 0; token + 1 < text.size() && !shown.empty(); ++token) {
            if (m_taken[token] || m_taken[token + 1] || m_furniture[token]) {
                continue;
            }
            std::string_view const first = text.codes(token);
            if (first.empty()) {
                continue; // the end of a line
            }
            text::CliticReading clitics;
            clitics.conjunction = first.front() == code(U'و');
            clitics.length = clitics.conjunction ? 1 : 0;
            for (auto const& [head, rest] : shown) {
                bool const same = text.codes(token + 1) == rest &&
                                  (first == head || (clitics.conjunction && first.substr(1) == head));
                if (same) {
                    add({token, token + 2}, first == head ? text::CliticReading{} : clitics);
                    break;
                }
            }
        }
    }

    /// One word, two where the first begins names («تل …», «عين …»), or what a pair of quotes holds.
    text::TokenRange extent(std::size_t token) const {
        auto const& text = m_context.text;
        std::size_t const end = token + 1;
        if (token > 0 && (is_quote(sign_at(text, token - 1)) || sign_at(text, token - 1) == '(')) {
            std::size_t closing = token;
            while (closing < token + 5 && sign_at(text, closing) == 0 && closing < text.size()) {
                ++closing;
            }
            if (is_quote(sign_at(text, closing)) || sign_at(text, closing) == ')') {
                return {token, closing};
            }
        }
        if (heads_name(m_context.cues.starting(token))) {
            // «خان بني سعد»: the second word may head a name itself.
            bool const third = heads_name(m_context.cues.starting(end)) && can_end_name(end + 1);
            return {token, third ? end + 2 : can_end_name(end) ? end + 1 : end};
        }
        if (!can_be_name(end, {})) {
            return {token, end};
        }
        // «قرف مغار في …»: the phrase ends after the second word, which is no verb («المقطم تطل على»).
        char const first = text.codes(end).front();
        bool const second = !has_article(text.codes(end)) && first != code(U'و') && first != code(U'ي') &&
                            first != code(U'ت') && first != code(U'ف') && !followed(end) &&
                            (followed(end + 1) || has_article(text.codes(end + 1)));
        return {token, second ? end + 1 : end};
    }

    /// «قرية X», «في X بريف D», «الحي الجنوبي».
    void after_cue(CueHit const& hit) {
        bool const definite = hit.clitics.article || hit.clitics.lam_article;
        if (definite) {
            described(hit);
            return;
        }
        // «في بلده الأصلي»: "his country", and no town.
        if (m_context.text.source_text(hit.tokens.end - 1).ends_with("ه")) {
            return;
        }
        if (hit.word->type && hit.word->type->opens && !is_arabic_word(m_context.text, hit.tokens.begin)) {
            after_english(hit);
            return;
        }
        std::size_t token = hit.tokens.end;
        bool const quoted = opens_quotation(hit);
        token += quoted ? 1 : 0;
        if (hit.word->type && hit.word->type->number != TypeWord::Number::one && lists(hit, token, quoted)) {
            return;
        }
        if (is_called_after_man(hit, token)) {
            add({token, token + 2}, {});
            return;
        }
        bool const named_by_title = hit.word->type && hit.word->type->opens && is_title_as_name(token);
        bool const named_by_word =
            hit.word->type && hit.word->type->opens && introduced(hit) && is_word_as_name(token);
        if (hit.word->type && hit.word->type->opens && is_kunya_as_name(token)) {
            add({token, token + 2}, {});
            return;
        }
        if ((!can_be_name(token, {}) && !named_by_title && !named_by_word) ||
            (!quoted && !is_no_adjective(m_context.text.codes(token)))) {
            return;
        }
        text::TokenRange const range =
            named_by_title || named_by_word ? text::TokenRange{token, token + 1} : extent(token);
        if (range.size() == 1 && heads_name(m_context.cues.starting(token))) {
            return; // half a name is none
        }
        bool const article = has_article(m_context.text.codes(token));
        bool const opens =
            hit.word->type && hit.word->type->opens &&
            (quoted || introduced(hit) || article || scope_follows(m_context, range) || goes_on_with(hit) ||
             is_described(range.end) || town_follows(range.end) || is_struck_town(hit, range));
        bool const often = ((hit.word->type && hit.word->type->often_opens) || hit.word->names_axis) &&
                           (introduced(hit) || is_site(hit, article)) &&
                           (quoted || scope_follows(m_context, range) || ends_phrase(range));
        bool const is_scoped = introduced(hit) && (quoted || scope_follows(m_context, range) ||
                                                   town_follows(range.end) || lies_by_known(range.end));
        // «على مخيم A ومنطقة الX»
        bool const is_added = goes_on_with(hit) && article && ends_phrase(range);
        bool const scoped = hit.word->type && hit.word->type->scoped_opens && (is_scoped || is_added);
        // «في ولاية «X»»
        bool const unit = hit.word->type && quoted && introduced(hit) &&
                          hit.word->type->likeliest == gazetteer::FeatureClass::admin1;
        bool const bare = hit.word->link == Link::in && hit.tokens.size() == 1 && !article &&
                          (countryside_follows(range.end) || lies_by_known(range.end));
        if (opens || often || scoped || unit || bare) {
            add(range, {});
        }
    }

    /// «قرى X وY», «حاجزي "X" و"Y"»; false where what follows may still be one name («جبال X»).
    bool lists(CueHit const& hit, std::size_t token, bool quoted) {
        TypeWord const& type = *hit.word->type;
        if (!type.opens && !(type.often_opens && (quoted || introduced(hit)))) {
            return false;
        }
        std::size_t const found = m_drafts.size();
        list_after(hit, token);
        return found != m_drafts.size() || type.likeliest != gazetteer::FeatureClass::natural;
    }

    /// «جبهات جبال X», «قصف جبل X», «تفجير مسجد الX»
    bool is_site(CueHit const& hit, bool article) const {
        bool const natural = hit.word->type && hit.word->type->likeliest == gazetteer::FeatureClass::natural;
        return is_part_of_area(hit) || ((article || natural) && is_struck(hit));
    }

    /// «قرية الإمام التي …»: a title behind which no name stands.
    bool is_title_as_name(std::size_t token) const {
        CueHit const* const cue = m_context.cues.starting(token);
        auto const& text = m_context.text;
        return cue != nullptr && cue->word->bearer == Bearer::title && cue->tokens.size() == 1 &&
               !m_taken[token] && !m_furniture[token] && has_article(text.codes(token)) &&
               (followed(token + 1) || m_context.table.is_plain_word(text.codes(token + 1)));
    }

    /// «حي أبو سليم», «قرية أبو دالي»
    bool is_kunya_as_name(std::size_t token) const {
        CueHit const* const cue = m_context.cues.starting(token);
        return cue != nullptr && cue->word->bearer == Bearer::kunya && cue->tokens.size() == 1 &&
               cue->clitics.length == 0 && !m_taken[token] && !m_furniture[token] && can_end_name(token + 1);
    }

    /// «في حي الرمال غرب D»: a definite word of the language, before words of scope.
    bool is_word_as_name(std::size_t token) const {
        auto const& text = m_context.text;
        return token < text.size() && !m_taken[token] && !m_furniture[token] &&
               text.tokens()[token].kind == text::Token::Kind::word && has_article(text.codes(token)) &&
               m_context.cues.starting(token) == nullptr &&
               !m_context.table.is_plain_word(text.codes(token)) &&
               (scope_follows(m_context, {token, token + 1}) || town_follows(token + 1));
    }

    /// «حي X وسط مدينة D», «منطقة X بمدينة D»
    bool town_follows(std::size_t token) const {
        CueHit const* hit = m_context.cues.starting(token);
        if (hit == nullptr || hit->clitics.conjunction) {
            return false;
        }
        if (hit->word->nearness == Nearness::centre && hit->word->link == Link::none) {
            return true;
        }
        if (hit->word->link == Link::in && hit->clitics.length == 0) {
            hit = m_context.cues.starting(hit->tokens.end);
        } else if (hit->clitics.preposition != code(U'ب')) {
            return false;
        }
        return hit != nullptr && hit->word->type && !hit->clitics.article &&
               hit->word->type->number == TypeWord::Number::one &&
               hit->word->type->likeliest == gazetteer::FeatureClass::settlement;
    }

    /// «قرية "X"», «بلدة (X)»; not «ضيعة» in quotes itself.
    bool opens_quotation(CueHit const& hit) const {
        char const sign = sign_at(m_context.text, hit.tokens.end);
        bool const closes = hit.tokens.begin > 0 && is_quote(sign_at(m_context.text, hit.tokens.begin - 1));
        constexpr std::size_t longest = 4;
        bool bracket = false;
        for (std::size_t at = 2; at <= longest && sign == '('; ++at) {
            bracket = bracket || sign_at(m_context.text, hit.tokens.end + at) == ')';
        }
        return (is_quote(sign) && !closes) || (bracket && hit.word->type && hit.word->type->opens);
    }

    /// «مدينة X الحدودية»: the definite adjective shows that the noun before it is named.
    bool is_described(std::size_t token) const {
        auto const codes = m_context.text.codes(token);
        return has_article(codes) && m_context.table.is_plain_word(codes);
    }

    /// "the village of X": the words with capitals after it, hyphens between them.
    void after_english(CueHit const& hit) {
        auto const& text = m_context.text;
        if (text.codes(hit.tokens.end - 1) != "of" || hit.word->type->number != TypeWord::Number::one) {
            return;
        }
        auto const is_capital = [&](std::size_t token) {
            std::string_view const word = text.source_text(token);
            return token < text.size() && !m_taken[token] && !m_furniture[token] && word.size() > 2 &&
                   std::isupper(static_cast<unsigned char>(word.front())) != 0;
        };
        std::size_t end = hit.tokens.end;
        // "al-Zarnabah": the article is small.
        if (text.codes(end).size() == 2 && sign_at(text, end + 1) == '-' && is_capital(end + 2)) {
            end += 2;
        }
        while (is_capital(end) ||
               (sign_at(text, end) == '-' && is_capital(end + 1) && end > hit.tokens.end)) {
            ++end;
        }
        if (end > hit.tokens.end) {
            add({hit.tokens.end, end}, {});
        }
    }

    /// A sign, a preposition or a conjunction follows: the name is not the start of something longer.
    bool ends_phrase(text::TokenRange range) const {
        auto const& text = m_context.text;
        if (range.end >= text.size() || sign_at(text, range.end) != 0) {
            return true;
        }
        CueHit const* const cue = m_context.cues.starting(range.end);
        bool const conjunction =
            text.codes(range.end).size() > 2 && text.codes(range.end).front() == code(U'و');
        return is_described(range.end) || conjunction ||
               (cue != nullptr && (cue->word->link != Link::none || cue->word->compass ||
                                   cue->word->role.has_value() || cue->word->nearness != Nearness::none));
    }

    /// «الحي الجنوبي», «الجبل الشرقي»: named by its side.
    void described(CueHit const& hit) {
        constexpr auto described_classes = static_cast<ClassSet>(
            class_bit(gazetteer::FeatureClass::neighbourhood) | class_bit(gazetteer::FeatureClass::natural));
        CueHit const* const side = m_context.cues.starting(hit.tokens.end);
        bool const is_place = hit.word->type && hit.word->type->number == TypeWord::Number::one &&
                              (class_bit(hit.word->type->likeliest) & described_classes) != 0;
        if (!is_place || side == nullptr || side->clitics.length != 0 || !side->word->compass ||
            side->word->compass->form != Compass::Form::attribute || m_taken[hit.tokens.begin]) {
            return;
        }
        text::CliticReading clitics = hit.clitics;
        clitics.article = false;
        add({hit.tokens.begin, side->tokens.end}, clitics);
    }

    /// «قرى X، وA، وY»: names follow each other; accepted when one of them is known or a scope closes them.
    void list_after(CueHit const& hit, std::size_t token) {
        struct Item {
            text::TokenRange range;
            text::CliticReading clitics;
        };
        std::vector<Item> unknown;
        bool known = false;
        std::size_t items = 0;
        auto const& text = m_context.text;
        while (token < text.size()) {
            text::CliticReading clitics;
            if (sign_at(text, token) == ',' || is_quote(sign_at(text, token)) ||
                (token > hit.tokens.end && text.codes(token).size() == 1 && sign_at(text, token) == 0)) {
                ++token; // «،», «و» by itself
                continue;
            }
            if (m_taken[token]) {
                auto const draft = draft_at(token);
                if (items > 0 && !draft->setting.conjunction && sign_at(text, token - 1) != ',') {
                    break;
                }
                known = true;
                ++items;
                token = draft->setting.phrase.end;
                continue;
            }
            if (items > 0 && text.codes(token).front() == code(U'و')) {
                clitics.length = 1;
                clitics.conjunction = true;
            }
            bool const joined = items == 0 || clitics.conjunction || sign_at(text, token - 1) == ',' ||
                                text.codes(token - 1).size() == 1;
            bool const in_quotes = is_quote(sign_at(text, token - 1)) && is_quote(sign_at(text, token + 1)) &&
                                   is_no_cue(token) && has_article(text.codes(token));
            if (!joined || (!can_be_name(token, clitics) && !in_quotes)) {
                break;
            }
            text::TokenRange const range = extent(token);
            if (range.size() == 1 && heads_name(m_context.cues.starting(token))) {
                break; // «تل» of «تل X»
            }
            unknown.push_back({range, clitics});
            ++items;
            token = unknown.back().range.end;
        }
        bool const closed = scope_follows(m_context, {token, token});
        bool const pair = hit.word->type->number == TypeWord::Number::two && items == 2;
        bool const accepted = known || pair || (closed && items > 1);
        if (unknown.empty() || !accepted) {
            return;
        }
        // Without a scope behind it, what comes after the last known name may be anything.
        if (!closed && !pair) {
            while (!unknown.empty() && !known_after(unknown.back().range.end)) {
                unknown.pop_back();
            }
        }
        for (Item const& item : unknown) {
            add(item.range, item.clitics);
        }
    }

    bool known_after(std::size_t token) const {
        auto const next = draft_at_or_after(token);
        auto const& text = m_context.text;
        while (sign_at(text, token) == ',' || is_quote(sign_at(text, token)) ||
               text.codes(token).size() == 1) {
            ++token;
        }
        return next != m_drafts.end() && next->setting.phrase.begin <= token;
    }

    std::vector<Draft>::const_iterator draft_at_or_after(std::size_t token) const {
        return std::lower_bound(m_drafts.begin(), m_drafts.end(), token,
                                [](Draft const& draft, std::size_t at) { return draft.tokens.begin < at; });
    }

    std::vector<Draft>::const_iterator draft_at(std::size_t token) const {
        return std::find_if(m_drafts.begin(), m_drafts.end(),
                            [&](Draft const& draft) { return draft.tokens.contains(token); });
    }

    /// «استهدفت غارة بلدة X أمس»: a town that is struck, of a name that is no word of the language.
    bool is_struck_town(CueHit const& hit, text::TokenRange name) const {
        bool const is_town = hit.word->type &&
                             hit.word->type->likeliest == gazetteer::FeatureClass::settlement &&
                             hit.word->type->number == TypeWord::Number::one;
        bool const ends = ends_phrase(name) || m_context.table.is_plain_word(m_context.text.codes(name.end));
        return is_town && is_struck(hit) && ends &&
               !m_context.table.common_prior(m_context.text.codes(name.begin));
    }

    /// «مناطق جبال X», «جبهات جبل X»
    bool is_part_of_area(CueHit const& hit) const {
        CueHit const* const before =
            hit.tokens.begin == 0 ? nullptr : m_context.cues.ending(hit.tokens.begin - 1);
        return before != nullptr && hit.word->type &&
               hit.word->type->likeliest == gazetteer::FeatureClass::natural &&
               before->tokens.end == hit.tokens.begin &&
               (before->word->type || before->word->names_axis || before->word->nearness != Nearness::none);
    }

    /// «مسجد الإمام X»: a title and its name, called after a man.
    bool is_called_after_man(CueHit const& hit, std::size_t token) const {
        CueHit const* const cue = m_context.cues.starting(token);
        return hit.word->type && hit.word->type->likeliest == gazetteer::FeatureClass::facility &&
               (hit.word->type->opens || hit.word->type->often_opens) && cue != nullptr &&
               cue->word->bearer == Bearer::title && cue->tokens.size() == 1 && !m_taken[token] &&
               !m_furniture[token] && has_article(m_context.text.codes(token)) &&
               (can_end_name(token + 1) || m_context.text.source_text(token + 1) == "علي");
    }

    /// «بلدة A وقرية X»: a place stands right before.
    bool goes_on_with(CueHit const& hit) const {
        auto const next = draft_at_or_after(hit.tokens.begin);
        if (next == m_drafts.begin()) {
            return false;
        }
        constexpr std::size_t separators = 1;
        std::size_t const end = (next - 1)->setting.phrase.end;
        return end <= hit.tokens.begin && hit.tokens.begin <= end + separators &&
               (hit.clitics.conjunction || sign_at(m_context.text, end) == ',');
    }

    /// «A، وX بريف D»: the last of a list of known places before its scope, or between two of them.
    void in_list(std::size_t token) {
        auto const& text = m_context.text;
        if (m_taken[token] || text.tokens()[token].kind != text::Token::Kind::word) {
            return;
        }
        auto const next = draft_at_or_after(token);
        constexpr std::size_t reach = 8; // signs, quotes and adjectives between the members of a list
        if (next == m_drafts.begin() || (next - 1)->setting.phrase.end + reach < token) {
            return;
        }
        std::string_view const word = text.codes(token);
        text::CliticReading reading;
        if (word.size() > 3 && word.front() == code(U'و')) {
            reading.length = 1;
            reading.conjunction = true;
        }
        if (!can_be_name(token, reading) || !is_no_adjective(word.substr(reading.length))) {
            return;
        }
        Setting const before = (next - 1)->setting;
        text::TokenRange const range = extent(token);
        Setting const setting = read_setting(m_context, range, reading);
        if (setting.bearer != Bearer::none || setting.phrase.begin != token ||
            !coordinates(m_context, before, setting)) {
            return;
        }
        bool const goes_on = next != m_drafts.end() && !is_wide(*next) &&
                             next->setting.phrase.begin == next->tokens.begin &&
                             coordinates(m_context, setting, next->setting);
        if (goes_on || (reading.conjunction && !is_wide(*(next - 1)) && scope_follows(m_context, range))) {
            add(range, reading);
        }
    }

    bool is_wide(Draft const& draft) const {
        return std::any_of(
            draft.candidates.begin(), draft.candidates.end(), [&](gazetteer::Candidate const& candidate) {
                auto const value = m_context.gazetteer.feature_class_of(candidate.place);
                return value == gazetteer::FeatureClass::country || value == gazetteer::FeatureClass::admin1;
            });
    }

    /// «تل السلطان» for «تل سلطان» and the other way round: the article of the second word.
    std::vector<gazetteer::Candidate> with_other_article(text::TokenRange range) const {
        auto const& text = m_context.text;
        std::size_t const second = range.begin + 1;
        if (range.size() != 2 || !is_arabic_word(text, second)) {
            return {};
        }
        static constexpr std::string_view article = "ال";
        std::string_view const word = text.source_text(second);
        std::string name{text.source_text(range.begin)};
        name += ' ';
        name += has_article(text.codes(second)) && word.starts_with(article)
                    ? std::string{word.substr(article.size())}
                    : std::string{article}.append(word);
        std::vector<gazetteer::Candidate> candidates = m_context.gazetteer.named(name);
        for (gazetteer::Candidate& each : candidates) {
            each.kind = gazetteer::MatchKind::article;
        }
        return candidates;
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
        draft.candidates = with_other_article(range);
        if (draft.candidates.empty()) {
            draft.candidates = m_context.gazetteer.fuzzy(m_context.text, range);
        }
        // A checkpoint or base of a name like a village's is no misspelling of the village.
        auto const& type = draft.setting.type;
        if (type && (type->likeliest == gazetteer::FeatureClass::facility ||
                     type->likeliest == gazetteer::FeatureClass::natural)) {
            std::erase_if(draft.candidates, [&](gazetteer::Candidate const& each) {
                return each.kind == gazetteer::MatchKind::fuzzy &&
                       m_context.gazetteer.feature_class_of(each.place) != type->likeliest;
            });
        }
        take(range);
        auto const at =
            std::lower_bound(m_drafts.begin(), m_drafts.end(), range.begin,
                             [](Draft const& each, std::size_t token) { return each.tokens.begin < token; });
        m_drafts.insert(at, std::move(draft));
    }

    std::vector<Draft>& m_drafts;
};

} // namespace

void add_unknown_names(Context const& context, std::vector<bool> const& furniture,
                       std::vector<Draft>& drafts) {
    UnknownNames{context, furniture, drafts}.find();
}

} // namespace kharita::geoparse
