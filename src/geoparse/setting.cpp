#include "geoparse/setting.hpp"

#include <algorithm>
#include <cctype>

#include "geoparse/organisations.hpp"
#include "geoparse/signs.hpp"
#include "text/numbers.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

// Cues stand in this order before a name, from the name outwards.
enum class Place : std::uint8_t { name, type, relative, link, outside };

Link link_of(char preposition) {
    switch (preposition) {
    case code(U'ب'):
        return Link::in;
    case code(U'ل'):
        return Link::to;
    default:
        return Link::none;
    }
}

/// Walks from a name to the left and takes in the cues it meets.
class LeftReader {
public:
    LeftReader(Context const& context, text::TokenRange name, Setting& setting)
        : m_context{context},
          m_setting{setting},
          m_first{name.begin},
          m_name{name.begin} {}

    void read(text::CliticReading const& clitics) {
        bool goes_on = take_clitics(clitics);
        while (goes_on) {
            goes_on = step();
        }
        m_setting.phrase.begin = m_first;
    }

private:
    /// False when the phrase begins here.
    bool take_clitics(text::CliticReading const& clitics) {
        if (clitics.preposition != 0) {
            if (m_setting.link == Link::none) {
                m_setting.link = link_of(clitics.preposition);
            }
            m_reached = Place::link;
        }
        m_setting.conjunction = clitics.conjunction;
        return !clitics.conjunction;
    }

    bool step() {
        if (m_first == 0) {
            return false;
        }
        std::size_t const before = m_first - 1;
        if (char const sign = sign_at(m_context.text, before); sign != 0) {
            return take_sign(sign);
        }
        // English: "the town of", "in the countryside".
        if (m_context.text.codes(before) == "the" && m_reached < Place::link) {
            m_first = before;
            return true;
        }
        if (take_distance()) {
            return true;
        }
        CueHit const* const hit = m_context.cues.ending(before);
        return hit != nullptr ? take(*hit) : take_described_noun();
    }

    /// «الأولوية الأولى لـX»: one adjective between the noun and the preposition that it asks for.
    bool take_described_noun() {
        CueHit const* const noun = m_first < 2 ? nullptr : m_context.cues.ending(m_first - 2);
        if (noun == nullptr || noun->word->governs_behind == 0 || !governs(*noun->word) ||
            m_context.table.is_plain_word(m_context.text.codes(m_first - 1))) {
            return false;
        }
        m_setting.governed = true;
        m_reached = Place::outside;
        m_first = noun->tokens.begin;
        return take_clitics(noun->clitics);
    }

    bool take_sign(char sign) {
        // «#ريف_حلب», «أحياء #حلب», «قرى: A، B»
        CueHit const* const head = m_first < 2 ? nullptr : m_context.cues.ending(m_first - 2);
        bool const many =
            head != nullptr && head->word->type && head->word->type->number == TypeWord::Number::many;
        bool const tied = sign == '_' || (m_reached == Place::name && (sign == '#' || (sign == ':' && many)));
        if (head != nullptr && tied) {
            --m_first;
            return true;
        }
        // A quoted name keeps the cues before its quotation mark: مدينة «X».
        if (!is_quote(sign) || m_setting.quoted || m_first != m_name || m_reached != Place::name) {
            return false;
        }
        m_setting.quoted = true;
        --m_first;
        return true;
    }

    bool take(CueHit const& hit) {
        if (!take_word(hit)) {
            return false;
        }
        m_first = hit.tokens.begin;
        return take_clitics(hit.clitics);
    }

    /// «10 كم» before a compass word or a preposition.
    bool take_distance() {
        // «بطول 900 كم مع X», «90 كم بين X وY» are no distances from X.
        bool const measured = m_setting.compass || m_setting.link == Link::from || m_setting.link == Link::at;
        if (m_first < 2 || m_setting.distance || m_setting.absurd_distance || m_reached == Place::name ||
            !measured || m_setting.nearness == Nearness::between) {
            return false;
        }
        CueHit const* const unit = m_context.cues.ending(m_first - 1);
        if (unit == nullptr || unit->word->metres <= 0 || unit->clitics.length != 0) {
            return false;
        }
        // A number of several words ends right before its unit.
        constexpr std::size_t longest = 4;
        std::size_t const end = unit->tokens.begin;
        for (std::size_t words = std::min(longest, end); words > 0; --words) {
            auto const number = text::read_number(m_context.text, end - words, m_context.numbers);
            if (number && number->tokens.end == end) {
                Metres const stated{static_cast<double>(number->value) * unit->word->metres};
                m_setting.absurd_distance = stated.value > longest_distance.value;
                if (!m_setting.absurd_distance) {
                    m_setting.distance = stated;
                }
                m_first = number->tokens.begin;
                return true;
            }
        }
        return false;
    }

    bool take_word(CueHit const& hit) {
        CueWord const& word = *hit.word;
        bool const adjacent = m_reached == Place::name;
        if (word.bearer != Bearer::none && word.bearer != Bearer::fixed_phrase && adjacent) {
            return take_bearer(hit);
        }
        if (governs(word)) {
            m_setting.governed = true;
            m_reached = Place::outside;
            return true;
        }
        // «نحو 10 كم شرق X» is about that far, not towards it.
        if (word.role && m_reached < Place::outside && !m_setting.distance) {
            m_setting.role = word.role;
            m_setting.aside_of_country = word.aside_of_country;
            m_setting.government_in = word.government_in;
            m_reached = Place::outside;
            return true;
        }
        if (word.link == Link::belonging && m_reached < Place::outside) {
            m_setting.belongs = true;
            m_reached = Place::outside;
            return true;
        }
        return take_inner(hit);
    }

    /// "al-Sakhur neighbourhood of Aleppo": the type word is of the name before it, "of" ties the two.
    bool belongs_to_name_before(CueHit const& hit) const {
        std::size_t const first = hit.tokens.begin;
        if (first == 0 || m_context.text.codes(hit.tokens.end - 1) != "of") {
            return false;
        }
        std::string_view const before = m_context.text.source_text(first - 1);
        return before.size() > 1 && std::isupper(static_cast<unsigned char>(before.front())) != 0 &&
               m_context.text.codes(first - 1) != "the";
    }

    bool take_inner(CueHit const& hit) {
        CueWord const& word = *hit.word;
        if (word.type && m_reached < Place::link && belongs_to_name_before(hit)) {
            m_setting.link = Link::in;
            m_first = hit.tokens.end - 1;
            return false;
        }
        bool const definite = hit.clitics.article || hit.clitics.lam_article;
        if (word.type && !definite && m_reached < Place::type) {
            m_setting.type = word.type;
            m_reached = Place::type;
            return true;
        }
        if (word.compass && word.compass->form != Compass::Form::attribute && m_reached < Place::link &&
            !m_setting.compass) {
            m_setting.compass = word.compass;
            m_reached = Place::relative;
            return true;
        }
        // «الريف الشرقي لـX», «الأطراف الغربية من X».
        if (word.compass && word.compass->form == Compass::Form::attribute && m_reached == Place::link &&
            is_sided_link() && !m_setting.compass) {
            m_setting.compass = Compass{Compass::Form::adjective, word.compass->azimuth};
            m_sided = true;
            return true;
        }
        if (word.nearness != Nearness::none && m_sided) {
            m_setting.nearness = word.nearness;
            m_setting.link = Link::none; // that of «الشرقي لـ»; «في» may stand before it all
            m_sided = false;
            m_reached = Place::relative;
            return true;
        }
        if (word.around && !follows_strike(hit.tokens.begin)) {
            return false;
        }
        // «المحاذية لـX»: the preposition that the word asks for was read before it.
        bool const asked =
            word.clitic != 0 && m_reached == Place::link && m_setting.link == link_of(word.clitic);
        if (word.nearness != Nearness::none && !definite && (m_reached < Place::link || asked)) {
            if (m_setting.nearness == Nearness::none || m_setting.nearness == Nearness::centre) {
                m_setting.nearness = word.nearness;
            }
            m_setting.link = asked ? Link::none : m_setting.link;
            m_reached = Place::relative;
            return true;
        }
        if (word.link == Link::at && m_setting.distance && m_reached < Place::outside) {
            m_reached = Place::outside; // «على بعد 10 كم من X»
            return true;
        }
        if (word.link != Link::none && m_reached < Place::link) {
            m_setting.link = word.link;
            m_reached = Place::link;
            return true;
        }
        return false;
    }

    /// «الشرقي لـX», «الغربية من X», but not «الغوطة الشرقية إلى X».
    bool is_sided_link() const {
        bool const written_out = m_first < m_name && m_context.cues.starting(m_first) != nullptr &&
                                 m_context.cues.starting(m_first)->word->link == Link::to;
        return m_setting.link == Link::from || (m_setting.link == Link::to && !written_out);
    }

    bool take_bearer(CueHit const& hit) {
        CueWord const& word = *hit.word;
        // «على جبهة X» is a front, «جبهة X» an organisation.
        if (word.nearness != Nearness::none && (hit.clitics.preposition != 0 || linked_before(hit))) {
            return take_inner(hit);
        }
        if (word.bearer == Bearer::title && follows_visit(hit)) {
            return false;
        }
        m_setting.bearer = word.bearer;
        return false;
    }

    /// «يزور الوزير X», «غادر الرئيس X»: the title is the subject's, and the name where he goes.
    bool follows_visit(CueHit const& hit) const {
        CueHit const* const verb =
            hit.tokens.begin == 0 ? nullptr : m_context.cues.ending(hit.tokens.begin - 1);
        return verb != nullptr && has_article(m_context.text.codes(hit.tokens.begin)) &&
               (verb->word->happening == Happening::visited || verb->word->happening == Happening::left_it);
    }

    /// «غارات تركزت حول X», but not «خلاف حول X».
    bool follows_strike(std::size_t token) const {
        constexpr std::size_t reach = 10;
        auto const& text = m_context.text;
        std::size_t const sentence = text.sentence_of(token);
        for (std::size_t at = token; at > 0 && token - at < reach; --at) {
            if (text.sentence_of(at - 1) != sentence) {
                return false;
            }
            CueHit const* const hit = m_context.cues.starting(at - 1);
            if (hit != nullptr && (hit->word->meets || hit->word->tie)) {
                return false;
            }
            if (hit != nullptr && (hit->word->strikes || (hit->word->happening != Happening::none &&
                                                          hit->word->happening != Happening::visited &&
                                                          hit->word->happening != Happening::witnessed))) {
                return true;
            }
        }
        return false;
    }

    bool linked_before(CueHit const& hit) const {
        if (hit.tokens.begin == 0) {
            return false;
        }
        CueHit const* const before = m_context.cues.ending(hit.tokens.begin - 1);
        return before != nullptr && before->word->link != Link::none;
    }

    /// Words that ask for a preposition («الموالية لـ») govern only what carries it.
    bool governs(CueWord const& word) const {
        return m_reached < Place::outside &&
               ((word.governs && m_setting.link == Link::none) ||
                (word.governs_behind != 0 && m_setting.link == link_of(word.governs_behind)));
    }

    Context const& m_context;
    Setting& m_setting;
    std::size_t m_first;
    std::size_t m_name;
    Place m_reached = Place::name;
    bool m_sided = false; ///< «… الشرقي لـ» was read
};

/// A fixed phrase («درع الفرات») that takes in the whole name.
bool in_fixed_phrase(Context const& context, text::TokenRange name) {
    constexpr std::size_t longest = 6;
    std::size_t const from = name.begin < longest ? 0 : name.begin - longest;
    for (std::size_t start = from; start <= name.begin; ++start) {
        CueHit const* const hit = context.cues.starting(start);
        if (hit != nullptr && hit->word->bearer == Bearer::fixed_phrase && hit->tokens.end >= name.end) {
            return true;
        }
    }
    return false;
}

/// «القيادي فرحان الجاسم»: two words after a title or a given name.
bool follows_person(Context const& context, text::TokenRange name, text::CliticReading const& clitics) {
    if (name.begin < 2 || clitics.proclitics() > 0 || !is_arabic_word(context.text, name.begin - 1) ||
        context.cues.starting(name.begin - 1) != nullptr || context.cues.ending(name.begin - 1) != nullptr) {
        return false;
    }
    CueHit const* const before = context.cues.ending(name.begin - 2);
    return before != nullptr &&
           (before->word->bearer == Bearer::title || before->word->bearer == Bearer::given_name);
}

/// A bulletin's heading: a name alone at the start of a line, or one with «ريف», then a colon, a bar or a
/// dash; also «#ريف_حلب» there.
bool heads_line(Context const& context, Setting const& setting) {
    auto const& text = context.text;
    text::TokenRange const name = setting.phrase;
    std::size_t before = name.begin;
    while (before > 0 && (sign_at(text, before - 1) == '#' || sign_at(text, before - 1) == '*' ||
                          sign_at(text, before - 1) == '-' || is_quote(sign_at(text, before - 1)))) {
        --before;
    }
    if (before > 0 && sign_at(text, before - 1) != '\n') {
        return false;
    }
    std::size_t after = name.end;
    while (is_quote(sign_at(text, after))) {
        ++after;
    }
    // «الرقة - انفجرت …»: a dash with space on both sides.
    auto const tokens = text.tokens();
    bool const dash = sign_at(text, after) == '-' && tokens[after].space_before && after + 1 < text.size() &&
                      tokens[after + 1].space_before && is_arabic_word(text, after + 1);
    bool const bar = text.source_text(after).starts_with("|");
    bool const tag = setting.nearness == Nearness::countryside && before < text.size() &&
                     sign_at(text, before) == '#' && is_arabic_word(text, after);
    // «حمص .. غارات على الرستن»
    bool const dots = sign_at(text, after) == '.' &&
                      (sign_at(text, after + 1) == '.' || text.source_text(after) == "…") &&
                      before == name.begin;
    return dash || bar || tag || dots || sign_at(text, after) == ':';
}

void read_right(Context const& context, text::TokenRange name, Setting& setting) {
    std::size_t at = name.end;
    if (setting.quoted && is_quote(sign_at(context.text, at))) {
        ++at;
    }
    std::size_t const end = at;
    at += sign_at(context.text, at) == '_' ? 1U : 0U; // «#ريف_حلب_الشمالي»
    CueHit const* hit = context.cues.starting(at);
    bool const latin = !is_arabic_word(context.text, name.begin);
    if (hit != nullptr && latin) {
        CueWord const& word = *hit->word;
        if (word.type && !setting.type) {
            setting.type = word.type;
            at = hit->tokens.end;
            at -= context.text.codes(at - 1) == "of" ? 1U : 0U; // it ties the name to the next
        } else if (word.nearness == Nearness::countryside ||
                   (setting.nearness == Nearness::none &&
                    (word.nearness == Nearness::road || word.nearness == Nearness::axis))) {
            setting.nearness = word.nearness;
            at = hit->tokens.end;
        }
    } else if (hit != nullptr && hit->word->type && !setting.type && hit->clitics.article &&
               hit->clitics.proclitics() == 0 &&
               hit->word->type->likeliest == gazetteer::FeatureClass::settlement) {
        setting.type = hit->word->type; // «درعا المدينة»
        at = hit->tokens.end;
    } else if (hit != nullptr && hit->clitics.length == 0 && hit->word->compass &&
               hit->word->compass->form == Compass::Form::attribute) {
        setting.attribute = hit->word->compass->azimuth;
        at = hit->tokens.end;
    }
    setting.phrase.end = at == end + 1 && sign_at(context.text, end) == '_' ? end : at;
}

/// «مدينة كيليس الحدودية التركية»: the adjective of a country, at most one other before it.
std::string_view country_after(Context const& context, std::size_t token) {
    constexpr std::size_t adjectives = 2;
    for (std::size_t at = token; at < token + adjectives && has_article(context.text.codes(at)); ++at) {
        if (auto const country = context.table.nationality(context.text.codes(at)); !country.empty()) {
            return country;
        }
    }
    return {};
}

/// «X التي تبعد نحو 20 كم عن Y», «X الواقعة على بعد 20 كم شرق Y»: begins the phrase with the word that says
/// so, which makes Y tell where X is.
void read_description(Context const& context, Setting& setting) {
    constexpr std::size_t reach = 5; // «على بعد أكثر من»
    std::size_t const begin = setting.phrase.begin;
    if (!setting.distance || setting.belongs) {
        return;
    }
    for (std::size_t token = begin; token > 0 && begin - token < reach; --token) {
        if (sign_at(context.text, token - 1) != 0) {
            return;
        }
        CueHit const* const hit = context.cues.starting(token - 1);
        if (hit != nullptr && (hit->word->lies || hit->word->link == Link::belonging)) {
            setting.belongs = true;
            setting.conjunction = hit->clitics.conjunction;
            setting.phrase.begin = token - 1;
            return;
        }
    }
}

} // namespace

Setting read_setting(Context const& context, text::TokenRange name, text::CliticReading const& clitics) {
    Setting setting;
    setting.phrase = name;
    if (in_fixed_phrase(context, name)) {
        setting.bearer = Bearer::fixed_phrase;
        return setting;
    }
    if (is_in_organisation(context, name, clitics)) {
        setting.bearer = Bearer::organisation;
        return setting;
    }
    if (is_quoted_person(context, name)) {
        setting.bearer = Bearer::given_name;
        return setting;
    }
    LeftReader{context, name, setting}.read(clitics);
    read_right(context, name, setting);
    read_description(context, setting);
    bool const plain = setting.phrase.begin == name.begin;
    setting.heading = (plain || setting.nearness == Nearness::countryside) && heads_line(context, setting);
    setting.country = country_after(context, setting.phrase.end);
    setting.after_person = follows_person(context, name, clitics);
    return setting;
}

namespace {

/// «محافظة», «ناحية»: what may hold other places.
bool is_unit(TypeWord const& type) {
    using gazetteer::FeatureClass;
    return type.likeliest == FeatureClass::admin1 || type.likeliest == FeatureClass::admin2 ||
           type.likeliest == FeatureClass::admin3;
}

} // namespace

bool scope_follows(Context const& context, text::TokenRange phrase) {
    std::size_t at = phrase.end;
    if (is_quote(sign_at(context.text, at))) {
        ++at;
    }
    CueHit const* hit = context.cues.starting(at);
    if (hit != nullptr && hit->clitics.conjunction) {
        return false;
    }
    if (hit != nullptr && hit->word->link == Link::in && hit->clitics.length == 0) {
        hit = context.cues.starting(hit->tokens.end);
        return hit != nullptr && !hit->clitics.article &&
               (hit->word->nearness == Nearness::countryside ||
                (hit->word->type && is_unit(*hit->word->type)));
    }
    if (hit == nullptr) {
        return false;
    }
    CueWord const& word = *hit->word;
    return word.link == Link::belonging || word.nearness == Nearness::countryside ||
           (word.compass && word.compass->form != Compass::Form::attribute);
}

} // namespace kharita::geoparse
