#include "event/standing.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "event/drafting.hpp"
#include "event/named_happenings.hpp"

namespace kharita::event {

std::size_t words_between(Scene const& scene, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        count += scene.text().tokens()[i].kind == text::Token::Kind::word ? 1U : 0U;
    }
    return count;
}

namespace {

/// How many tokens before a noun a word may stand that takes the happening out of it («وقف القصف»).
constexpr std::size_t void_reach = 2;

/// «هدد بالرد إثر غارات»: a word of time between two tokens.
bool is_set_in_time(Scene const& scene, std::size_t from, std::size_t to) {
    return scene.has_listed({from, to}, "after");
}

/// «منع مدن رئيسية من السقوط», «مخاوف الأهالي من هجوم»: what is prevented or feared, whose it is between.
bool is_kept_from(Scene const& scene, std::size_t noun, Clause const& clause) {
    constexpr std::size_t reach = 6;
    std::size_t const from = std::max(clause.tokens.begin, noun - std::min(noun, reach));
    // «خوفا من تجدد القصف», «من توالي سقوط القذائف»: what is coming may have a word of its own.
    std::size_t const at = noun > from && scene.has_listed({noun - 1, noun}, "coming") ? noun - 1 : noun;
    return at > clause.tokens.begin && scene.text().codes(at - 1) == text::fold_key("من") &&
           scene.has_listed({from, at}, "kept_from");
}

/// "fears of a new wave of attacks": between the fear and the noun stand only such words.
bool is_feared(Scene const& scene, std::size_t noun, Clause const& clause) {
    std::size_t at = noun;
    while (at > clause.tokens.begin && scene.has_listed({at - 1, at}, "fresh")) {
        --at;
    }
    if (at + 2 > noun || at == clause.tokens.begin) {
        return false;
    }
    auto const before = scene.words_in({at - 1, at});
    return std::any_of(before.begin(), before.end(),
                       [](Word const& word) { return is_cue(word, Cue::void_noun); });
}

/// «دخول تركيا المعركة», «انضمت X إلى الحملة العسكرية»: a war that somebody enters is not told by that.
bool is_entered(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 5; // who enters may stand between
    std::size_t const begin = word.match.tokens.begin;
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, reach));
    return (type.name == "clash" || type.name == "attack") && scene.has_listed({from, begin}, "entering");
}

bool is_toll(Scene const& scene, Word const& word) {
    return scene.has_listed(word.match.tokens, "toll");
}

/// «إن حصيلة الغارات التي ضربت X ارتفعت إلى …»: with its new toll a happening is told again.
bool tells_update(Scene const& scene, Clause const& clause) {
    return scene.has_cue(scene.text().sentences()[clause.sentence], Cue::update);
}

/// Whether a noun only names a happening that is stopped, feared, investigated or told already.
bool is_void(Scene const& scene, Word const& word, Clause const& clause) {
    std::size_t const begin = word.match.tokens.begin;
    // «سيطرته» is «she held it» and «his hold».
    bool const verb_only = is_verb(word.match.part) && !word.match.may_be_noun;
    if (verb_only && word.match.pronoun == Pronoun::none) {
        return false;
    }
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, void_reach + 2));
    auto const before = scene.words_in({from, begin});
    if (begin > from && scene.has_listed({begin - 1, begin}, "either")) {
        return true; // «خيار الموت أو الانسحاب»
    }
    if (begin > from && !verb_only && scene.has_listed({begin - 1, begin}, "every")) {
        return true; // «سترد على كل استهداف»
    }
    if (is_feared(scene, begin, clause) || scene.has_listed({begin, begin + 1}, "including")) {
        return true; // «سيطروا على X وصولا إلى Y»
    }
    if (is_kept_from(scene, begin, clause) || is_entered(scene, word, clause) ||
        is_venue_of_protest(scene, word) || is_occasion_of_shots(scene, word, clause)) {
        return true;
    }
    bool const is_carried = is_carried_out(scene, word, clause);
    bool const is_by_the_way = tells_itself(scene, word.match.tokens.end);
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        std::size_t const gap = words_between(scene, cue.match.tokens.end, begin);
        // «منطقة الاشتباكات وقصف …»: what «و» adds is a new thing.
        std::size_t const reach = word.match.clitics.conjunction || verb_only ? 1 : void_reach;
        // «معركة «فجر الحرية» السيطرة على X»: a noun with the article governs none behind it at once.
        bool const governs = gap > 0 || !cue.match.clitics.article || cue.match.part != Part::noun;
        bool const near_noun = is_cue(cue, Cue::void_noun) && governs && gap < reach &&
                               !is_set_in_time(scene, cue.match.tokens.end, begin) &&
                               !scene.has_cue({from, begin}, Cue::update) && // «ارتفعت حصيلة الغارة إلى …»
                               !(is_toll(scene, cue) && tells_update(scene, clause)) &&
                               !(is_carried && scene.has_listed(cue.match.tokens, "operations")) &&
                               !(is_by_the_way && scene.has_listed(cue.match.tokens, "presupposing"));
        // «ذلك القصف», but «كذلك قصف …», «أعقب ذلك قصف»
        bool const is_definite = word.match.clitics.article || word.match.clitics.lam_article ||
                                 !text::is_arabic(scene.text().codes(begin).front());
        bool const pointed_at = is_cue(cue, Cue::this_one) && gap == 0 && is_definite;
        // «منذ انطلاق حملة الغارات»: what began may have a noun of its own.
        std::size_t const near = cue.match.tokens.size() > 1 ? 1 : 0;
        bool const point_in_time =
            is_cue(cue, Cue::earlier) && gap <= near && cue.match.clitics.preposition == 0;
        return cue.match.tokens.end <= begin && (near_noun || pointed_at || point_in_time);
    });
}

/// «خطف … خلال عملية مداهمة»: a raid that only says on what occasion.
bool is_occasion(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    if ((is_verb(word.match.part) && !word.match.may_be_noun) || begin == 0) {
        return false;
    }
    if (type.name == "attack" && begin > 1 && scene.text().codes(begin - 2) == "during") {
        // "arrested twelve people during a raid"
        text::TokenRange const before{scene.clauses()[scene.clause_of(begin)].tokens.begin, begin};
        auto const words = scene.words_in(before);
        return std::any_of(words.begin(), words.end(), [&](Word const& each) {
            return each.kind == WordKind::trigger &&
                   scene.lexicon().classes()[scene.lexicon().triggers()[each.row].type].name == "arrest";
        });
    }
    if (is_verb(word.match.part) || (type.name != "arrest" && type.name != "buildup")) {
        return false; // «انفجرت عند وصول قافلة»
    }
    return scene.has_listed({begin - 1, begin}, type.name == "arrest" ? "time_of" : "moment");
}

/// "a car bomb": a verb's form that is part of a weapon's name.
bool is_in_weapon(Scene const& scene, Word const& word) {
    if (!is_verb(word.match.part)) {
        return false;
    }
    std::size_t const begin = word.match.tokens.begin;
    if (!word.match.may_be_noun && begin > 0 && scene.has_listed({begin - 1, begin}, "determiner")) {
        return true; // "a bomb": written like the verb
    }
    auto const near = scene.words_in({begin - std::min<std::size_t>(begin, 2), begin + 1});
    return std::any_of(near.begin(), near.end(), [&](Word const& each) {
        return each.kind == WordKind::weapon && each.match.tokens.size() > word.match.tokens.size() &&
               each.match.tokens.contains(begin);
    });
}

/// «هجوم لانتزاع السيطرة», «لشن غارات»: a purpose, not a fact. What is suffered is one («تعرضت لقصف»).
bool is_purpose(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr auto lam = text::code(U'ل');
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) && !word.match.may_be_noun) {
        return false;
    }
    bool const behind_lam = word.match.clitics.preposition == lam;
    bool const suffers = scene.has_cue({clause.tokens.begin, begin}, Cue::suffer);
    if (behind_lam && (!suffers || type.rule == Rule::seize || type.name == "protest")) {
        return true;
    }
    // «لمنع قوات النظام من قصف X»: whom it is kept from may stand between.
    static std::string const from_doing = text::fold_key("من");
    bool const is_from = begin > clause.tokens.begin && scene.text().codes(begin - 1) == from_doing;
    std::size_t const reach = is_from ? 8 : 4;
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, reach));
    auto const before = scene.words_in({from, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        bool const aims =
            cue.match.part == Part::phrase || (cue.match.clitics.preposition == lam && !suffers);
        std::size_t const gap = words_between(scene, std::min(cue.match.tokens.end, begin), begin);
        bool const is_near = gap <= 1 || (is_from && cue.match.part != Part::phrase);
        return is_cue(cue, Cue::purpose) && aims && cue.match.tokens.end <= begin && is_near;
    });
}

/// Where the words begin that can say how a purpose stands to what was: behind a happening whose aim it is
/// («نفى توقف الحملة العسكرية لطرد X»).
std::size_t begin_of_modal_words(Scene const& scene, Word const& word, Clause const& clause) {
    std::size_t begin = clause.tokens.begin;
    if (word.match.clitics.preposition != text::code(U'ل')) {
        return begin;
    }
    for (Word const& each : scene.words_in({begin, word.match.tokens.begin})) {
        bool const is_noun = each.kind == WordKind::trigger && !is_verb(each.match.part);
        begin = is_noun && each.match.tokens.end <= word.match.tokens.begin ? each.match.tokens.end : begin;
    }
    return begin;
}

/// Whether the words before say how a purpose stands to what was: it is planned, threatened, foiled.
bool has_modal_cue(Scene const& scene, Word const& word, Clause const& clause) {
    text::TokenRange const before{begin_of_modal_words(scene, word, clause), word.match.tokens.begin};
    constexpr std::array cues{Cue::plan, Cue::threat, Cue::fail, Cue::deny};
    // «قصفت … في محاولة للسيطرة»: an attempt that is the aim of something else.
    static std::string const in = text::fold_key("في");
    auto const words = scene.words_in(before);
    bool const tried = std::any_of(words.begin(), words.end(), [&](Word const& each) {
        std::size_t const at = each.match.tokens.begin;
        return is_cue(each, Cue::attempt) && (at == 0 || scene.text().codes(at - 1) != in);
    });
    return tried ||
           std::any_of(cues.begin(), cues.end(), [&](Cue cue) { return scene.has_cue(before, cue); });
}

/// Whether «لم», «لا», "not" stands right before a verb.
bool is_negated(Scene const& scene, Word const& word, Clause const& clause) {
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min<std::size_t>(begin, 2));
    auto const before = scene.words_in({from, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        return is_cue(cue, Cue::negate) && cue.match.tokens.end == begin;
    });
}

/// «الغارات لم تطل X», «لم تستهدف الغارات X», «لم تتعرض X لقصف», «لم تشهد X غارات»: a noun of which a negated
/// verb says that it did not come to that place, or not at all.
bool is_of_negated_verb(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    constexpr std::size_t adjectives = 4;
    if (is_verb(word.match.part) && !word.match.may_be_noun) {
        return false;
    }
    auto const hits = [&](Word const& each) {
        bool const aims =
            each.kind == WordKind::trigger &&
            scene.lexicon().classes()[scene.lexicon().triggers()[each.row].type].rule == Rule::aim;
        bool const reaches =
            each.kind == WordKind::list_word && scene.lexicon().list_name(each.row) == "reaching";
        return is_verb(each.match.part) && (aims || reaches) && is_negated(scene, each, clause);
    };
    auto const takes_place = [&](Word const& each) {
        bool const happens =
            each.kind == WordKind::list_word && (scene.lexicon().list_name(each.row) == "happening" ||
                                                 scene.lexicon().list_name(each.row) == "scene_of");
        return is_verb(each.match.part) && (happens || is_cue(each, Cue::suffer)) &&
               is_negated(scene, each, clause);
    };
    std::size_t const begin = word.match.tokens.begin;
    bool negated = false;
    for (Word const& each :
         scene.words_in({std::max(clause.tokens.begin, begin - std::min(begin, reach)), begin})) {
        if (each.match.tokens.end > begin) {
            continue;
        }
        bool const is_own_verb = takes_place(each) || (hits(each) && each.match.tokens.end == begin);
        bool const is_other = each.kind == WordKind::trigger;
        negated = is_own_verb || (negated && !is_other);
    }
    std::size_t const end = word.match.tokens.end;
    std::size_t last = std::min(end + adjectives, clause.tokens.end);
    for (Word const& each : scene.words_in({end, last})) {
        if (each.match.tokens.begin < last && hits(each)) {
            return true;
        }
        // Of two readings of the next trigger's word, one may be of reaching.
        last = each.kind == WordKind::trigger ? each.match.tokens.begin + 1 : last;
    }
    return negated;
}

/// How the verb that carries an event noun stands to what was: «شنت غارات», «لم تشن غارات», «أن تشن
/// غارات», «ستشن غارات».
enum class Carried { as_fact, denied, as_aim, in_future };

Carried carried_as(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) && !word.match.may_be_noun) {
        return Carried::as_fact;
    }
    Word const* carrier = nullptr;
    for (Word const& each :
         scene.words_in({std::max(clause.tokens.begin, begin - std::min(begin, reach)), begin})) {
        if (each.kind == WordKind::trigger && each.match.tokens.end <= begin) {
            carrier = nullptr;
        }
        carrier = is_cue(each, Cue::perform) && is_verb(each.match.part) ? &each : carrier;
    }
    if (carrier == nullptr) {
        return Carried::as_fact;
    }
    std::size_t const at = carrier->match.tokens.begin;
    if (is_negated(scene, *carrier, clause)) {
        return Carried::denied;
    }
    static std::string const that = text::fold_key("أن");
    // «قبل أن تشن غارات», «بعد أن شنت»: they were carried out.
    bool const in_time = at > 1 && scene.has_listed({at - 2, at - 1}, "time_of");
    bool const subjunctive =
        at > 0 && !in_time && (scene.text().codes(at - 1) == that || scene.text().codes(at - 1) == "to");
    if (carrier->match.part == Part::imperfect && subjunctive) {
        return Carried::as_aim;
    }
    return carrier->match.clitics.preposition == text::code(U'س') ? Carried::in_future : Carried::as_fact;
}

/// «الفصائل تسيطر على X», "Rebels capture X": a headline tells in the present what has just happened. One
/// has its paragraph to itself and no full stop; verbs that cannot mean holding tell it in any first
/// sentence.
bool is_headline_present(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = word.match.tokens.begin;
    bool const opens =
        clause.opening == Clause::Opening::sentence || clause.opening == Clause::Opening::colon;
    if (!opens || begin > clause.tokens.begin + reach) {
        return false;
    }
    text::TokenRange const sentence = scene.text().sentences()[clause.sentence];
    text::TokenRange const paragraph = scene.text().paragraphs()[scene.text().paragraph_of(begin)];
    std::size_t last = sentence.end;
    while (last > begin && scene.text().tokens()[last - 1].kind == text::Token::Kind::line_end) {
        --last;
    }
    std::string_view const closing = scene.text().source_text(last - 1);
    bool const is_alone = sentence.begin == paragraph.begin && sentence.end == paragraph.end;
    bool const is_closed = closing == "." || closing == "؟" || closing == "?";
    bool const holds = scene.has_listed({begin, begin + 1}, "holding");
    bool const is_place_for_news = is_alone && !is_closed;
    bool const is_first = clause.sentence == 0 && closing != "؟" && closing != "?";
    if (!is_place_for_news && (holds || !is_first)) {
        return false;
    }
    auto const before = scene.words_in({clause.tokens.begin, begin});
    bool const has_verb = std::any_of(before.begin(), before.end(), [&](Word const& each) {
        return is_verb(each.match.part) && !each.match.may_be_noun && each.match.tokens.end <= begin;
    });
    return !has_verb && !scene.has_listed({clause.tokens.begin, begin}, "no_fact");
}

/// «تسيطر عليها منذ 28 أيار»: the day a hold began is when the place was taken.
bool has_begun(Scene const& scene, Word const& word, Clause const& clause) {
    static std::string const since = text::fold_key("منذ");
    auto const published = scene.report().published;
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        std::size_t const begin = date.tokens.begin;
        bool const is_since = scene.text().codes(begin) == since ||
                              (begin > 0 && scene.text().codes(begin - 1) == since) ||
                              (begin > 1 && scene.text().codes(begin - 2) == since);
        return is_since && begin >= word.match.tokens.end && clause.tokens.contains(begin) && date.first &&
               date.last && (!published || *date.last < *published);
    });
}

/// «سيطر X على A، قبل أن يستعيدها Y»: what came next.
bool is_then(Scene const& scene, Word const& word) {
    static std::string const that = text::fold_key("أن");
    std::size_t const begin = word.match.tokens.begin;
    return word.match.part == Part::imperfect && begin > 1 && scene.text().codes(begin - 1) == that &&
           scene.has_listed({begin - 2, begin - 1}, "moment");
}

/// States are no events: «تسيطر عليها», «الخاضعة لسيطرة X», the imperfect of taking, says who holds a place.
bool is_state(Scene const& scene, Word const& word, Clause const& clause) {
    Trigger const& trigger = scene.lexicon().triggers()[word.row];
    bool const is_held =
        word.match.part == Part::imperfect ||
        (word.match.part == Part::phrase && scene.has_listed(word.match.tokens, "subject_to"));
    return scene.lexicon().classes()[trigger.type].rule == Rule::seize && is_held && !is_then(scene, word) &&
           !is_headline_present(scene, word, clause) && !has_begun(scene, word, clause);
}

/// «كانوا يتجمعون وينظمون التظاهرات», «كان يقصف»: what used to be, told by no date.
bool used_to_be(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 12;
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, reach));
    bool was = false;
    Word const* verb = nullptr;
    for (Word const& each : scene.words_in({from, begin})) {
        was = was || is_cue(each, Cue::being);
        verb = was && is_verb(each.match.part) && !is_cue(each, Cue::being) ? &each : verb;
    }
    if (!was) {
        return false;
    }
    if (word.match.part == Part::imperfect) {
        return verb == nullptr || verb->match.part == Part::imperfect;
    }
    // «كانت نقطة يشن منها هجماته على X»
    bool const is_carried =
        verb != nullptr && verb->match.part == Part::imperfect &&
        (is_cue(*verb, Cue::perform) || (word.match.clitics.article && verb->match.tokens.end == begin));
    return word.match.part == Part::noun && is_carried;
}

/// «القصف الذي يقوم به الجيش»: what somebody does in general, neither dated nor placed.
bool is_general_conduct(Scene const& scene, Word const& word) {
    constexpr std::size_t reach = 5;
    constexpr std::size_t date_reach = 20;
    std::size_t const end = word.match.tokens.end;
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    bool const is_noun = !is_verb(word.match.part) || word.match.may_be_noun;
    if (!word.match.clitics.article || !is_noun || type.name == "attack" || type.name == "clash") {
        return false; // «الهجوم الذي تشنه»: a battle that goes on is one
    }
    bool behind_relative = false;
    bool is_present = false;
    for (Word const& each : scene.words_in({end, end + reach})) {
        behind_relative = behind_relative || is_cue(each, Cue::relative);
        is_present = is_present ||
                     (behind_relative && each.match.part == Part::imperfect && is_cue(each, Cue::perform));
    }
    bool const is_placed = !scene.places_in({end, end + date_reach}).empty();
    return is_present && !is_placed &&
           std::none_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
               return date.tokens.begin >= end && date.tokens.begin < end + date_reach;
           });
}

/// «لم تتمكن من السيطرة على X», «لا تستطيع استعادة X»: nothing was achieved.
bool is_not_achieved(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) && !word.match.may_be_noun && word.match.pronoun == Pronoun::none) {
        return false;
    }
    Word const* able = nullptr;
    for (Word const& each :
         scene.words_in({std::max(clause.tokens.begin, begin - std::min(begin, reach)), begin})) {
        bool const is_able = each.kind == WordKind::list_word && each.match.part == Part::imperfect &&
                             scene.lexicon().list_name(each.row) == "able";
        able = is_able ? &each : each.kind == WordKind::trigger ? nullptr : able;
    }
    return able != nullptr && is_negated(scene, *able, clause);
}

/// «المعارك ستستمر», «سيطرتهم لن تتجاوز X»: a noun of which a verb in the future, or none, is said.
bool is_yet_to_be(Scene const& scene, Word const& word) {
    auto const next = scene.words_in({word.match.tokens.end, word.match.tokens.end + 1});
    bool const is_noun = word.match.part == Part::noun || word.match.may_be_noun ||
                         word.match.pronoun != Pronoun::none; // «سيطرتهم»
    return is_noun && std::any_of(next.begin(), next.end(), [](Word const& each) {
               bool const is_future =
                   each.match.part == Part::imperfect && each.match.clitics.preposition == text::code(U'س');
               return is_future || is_cue(each, Cue::negate);
           });
}

} // namespace

namespace {

/// «بعد شهر من الهجوم عليها»: a blow that is known only says how long ago something was.
bool is_start_of_time(Scene const& scene, Word const& word) {
    constexpr std::size_t reach = 5;
    std::size_t const begin = word.match.tokens.begin;
    if (!word.match.clitics.article || begin < 2) {
        return false;
    }
    std::size_t const end = word.match.tokens.end;
    if (!is_verb(word.match.part) && scene.has_listed({begin - 1, begin}, "after") &&
        !names_own_place(scene, end)) {
        return true;
    }
    std::string_view const led = scene.text().codes(begin - 1);
    text::TokenRange const before{begin - std::min(begin, reach), begin};
    // «بعد ثلاثة أيام على الهجوم الذي أوقع 32 قتيلا في X» tells it by the way.
    constexpr std::size_t telling_reach = 14;
    std::size_t const sentence_end = scene.text().sentences()[scene.text().sentence_of(begin)].end;
    if (!scene.places_in({end, std::min(end + telling_reach, sentence_end)}).empty()) {
        return false;
    }
    return (led == text::fold_key("من") || led == text::fold_key("على")) &&
           scene.has_listed(before, "after") && scene.has_listed(before, "duration");
}

} // namespace

bool is_named_only(Scene const& scene, Word const& trigger, Clause const& clause) {
    return is_void(scene, trigger, clause) || is_occasion(scene, trigger) || is_start_of_time(scene, trigger);
}

namespace {

/// «فجر الثلاثاء»: a part of a day that is written like a verb.
bool is_of_date(Scene const& scene, Word const& word) {
    // «انتحاريان قد فجرا يوم الثلاثاء عربتين»: written like «at dawn».
    static std::string const particle = text::fold_key("قد");
    std::size_t const begin = word.match.tokens.begin;
    if (begin > 0 && word.match.part == Part::perfect && scene.text().codes(begin - 1) == particle) {
        return false;
    }
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        return date.tokens.contains(word.match.tokens.begin);
    });
}

/// «قصف شباك ضيفه في مباراة»: what players do to each other, where nobody is said to be hurt.
bool is_of_match(Scene const& scene, Word const& word) {
    text::TokenRange const sentence =
        scene.text().sentences()[scene.text().sentence_of(word.match.tokens.begin)];
    auto const words = scene.words_in(sentence);
    return scene.has_listed(sentence, "sport") &&
           std::none_of(words.begin(), words.end(), [](Word const& each) {
               return each.kind == WordKind::casualty || each.kind == WordKind::weapon;
           });
}

} // namespace

bool is_of_crime(Scene const& scene, std::size_t token) {
    constexpr std::size_t reach = 30; // crimes come in long lists
    std::size_t const from =
        std::max(scene.clauses()[scene.clause_of(token)].tokens.begin, token - std::min(token, reach));
    bool accused = false;
    std::size_t end = token;
    for (Word const& word : scene.words_in({from, token})) {
        if (word.match.tokens.end > token) {
            break;
        }
        std::string_view const list = word.kind == WordKind::list_word
                                          ? std::string_view{scene.lexicon().list_name(word.row)}
                                          : std::string_view{};
        if (list == "crime" || list == "crimes") {
            accused = true;
            end = token;
            // Of a single crime nothing behind a comma is said.
            for (std::size_t at = word.match.tokens.end; list == "crime" && at < token && end == token;
                 ++at) {
                end = scene.text().codes(at) == "," ? at : token;
            }
        }
        bool const is_finite = is_verb(word.match.part) && !word.match.may_be_noun;
        accused = accused && !is_finite && list != "after";
    }
    return accused && end == token;
}

Standing standing_of(Scene const& scene, Word const& trigger) {
    Clause const& clause = scene.clauses()[scene.clause_of(trigger.match.tokens.begin)];
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[trigger.row].type];
    Standing standing;
    bool const is_noun = !is_verb(trigger.match.part) || trigger.match.may_be_noun;
    if (is_of_date(scene, trigger) || is_of_match(scene, trigger) || is_subject_of_toll(scene, trigger) ||
        is_of_common_crime(scene, trigger) || has_ravaged(scene, trigger) ||
        lasted_for_long(scene, trigger) || is_leaving_again(scene, trigger) ||
        (is_noun && is_of_crime(scene, trigger.match.tokens.begin)) || is_called(scene, trigger) ||
        is_agreed_on(scene, trigger) || is_halt(scene, trigger) || is_site_of_fire(scene, trigger) ||
        is_statistic(scene, trigger) || is_in_weapon(scene, trigger) || is_first_of_kind(scene, trigger) ||
        is_named_only(scene, trigger, clause) || is_negated(scene, trigger, clause) ||
        used_to_be(scene, trigger, clause) || is_yet_to_be(scene, trigger) ||
        is_general_conduct(scene, trigger) || is_not_achieved(scene, trigger, clause)) {
        standing.is_told = false;
        return standing;
    }
    bool const modal = has_modal_cue(scene, trigger, clause);
    Carried const carried = carried_as(scene, trigger, clause);
    standing.is_aim = carried == Carried::as_aim || is_purpose(scene, trigger, clause);
    standing.is_future = carried == Carried::in_future;
    bool const is_nothing = carried == Carried::denied || is_of_negated_verb(scene, trigger, clause) ||
                            is_keeping(scene, trigger) || (is_state(scene, trigger, clause) && !modal);
    // «استخدمت الشرطة الغاز لتفريق محتجين»: what was done for it was done to them.
    bool const is_dispersal = type.name == "disperse" && scene.has_listed(clause.tokens, "dispersing_means");
    standing.is_told = !is_nothing && (!standing.is_aim || type.name == "talks" || is_dispersal || modal);
    return standing;
}

} // namespace kharita::event
