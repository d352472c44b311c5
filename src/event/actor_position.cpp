#include "event/actor_position.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "event/drafting.hpp"
#include "event/people.hpp"

namespace kharita::event {

namespace {

/// Verbs whose people behind them act, not suffer: «سيطر عناصر X», «خطف مسلحو X».
bool takes_or_clashes(Scene const& scene, Word const& trigger) {
    Lexicon const& lexicon = scene.lexicon();
    TriggerClass const& type = lexicon.classes()[lexicon.triggers()[trigger.row].type];
    return type.name == "seize" || type.name == "clash" || type.name == "advance" ||
           type.name == "withdraw" || type.name == "launch" || type.name == "attack";
}

/// Whether a verb carries the vowel of the passive on its first letter: «قُتل».
bool is_written_passive(Scene const& scene, Word const& verb) {
    constexpr std::string_view damma = "\u064F";
    std::string_view const written = scene.words_of(verb.match.tokens);
    std::size_t const at = written.find(damma);
    constexpr std::size_t two_letters = 4; // bytes: a conjunction may stand before
    return at <= two_letters;              // nowhere is beyond
}

/// «خطف عناصر من X مساء أمس قائد Y»: somebody else behind the first people, whom no word leads to.
bool has_object(Scene const& scene, std::size_t people) {
    constexpr std::size_t reach = 9;
    std::size_t const clause = scene.clause_of(people);
    text::TokenRange const behind{people + 2, std::min(people + reach, scene.clauses()[clause].tokens.end)};
    for (Word const& word : scene.words_in(behind)) {
        bool const is_dated = std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
            return date.tokens.contains(word.match.tokens.begin); // «فجر أمس» tells no blast
        });
        if (is_dated) {
            continue;
        }
        bool const is_led = scene.text().codes(word.match.tokens.begin - 1) == text::fold_key("من") ||
                            scene.text().codes(word.match.tokens.begin - 1) == text::fold_key("على");
        if (word.kind == WordKind::trigger || word.kind == WordKind::casualty || is_cue(word, Cue::agent)) {
            return false;
        }
        if (word.kind == WordKind::victim && word.match.clitics.preposition == 0 &&
            !word.match.clitics.conjunction && !is_led) {
            return true;
        }
    }
    return false;
}

/// «شن عناصر من X»: fighters behind a verb that carries an act do it.
bool acts_as_subject(Scene const& scene, Word const& fighters) {
    std::size_t const begin = fighters.match.tokens.begin;
    bool const are_bare = fighters.match.clitics.preposition == 0 && begin > 0;
    if (!are_bare || !scene.has_listed({begin, begin + 1}, "fighters_of")) {
        return false;
    }
    auto const before = scene.words_in({begin - 1, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& word) {
        if (is_written_passive(scene, word)) {
            return false; // «قُتل عناصر من X»
        }
        // «خطف عناصر من X» may be their deed or done to them; «اغتال مسلحون» can only be a deed.
        bool const acts =
            word.kind == WordKind::trigger &&
            (takes_or_clashes(scene, word) || !word.match.may_be_noun || has_object(scene, begin));
        bool const sets_out = word.kind == WordKind::list_word &&
                              scene.lexicon().list_name(word.row) == "did_kill"; // «أقدم عنصر على …»
        return is_verb(word.match.part) && (acts || sets_out || is_cue(word, Cue::perform));
    });
}

bool is_fight(Scene const& scene, Word const& trigger) {
    Lexicon const& lexicon = scene.lexicon();
    std::string const& type = lexicon.classes()[lexicon.triggers()[trigger.row].type].name;
    return type == "attack" || type == "clash";
}

} // namespace

bool is_counted_too(Scene const& scene, ActorMention const& actor, text::TokenRange clause) {
    constexpr std::size_t reach = 12;
    std::size_t const begin = actor.tokens.begin;
    if (begin < clause.begin + 2 || scene.text().codes(begin - 1) != text::fold_key("من")) {
        return false;
    }
    auto const words = scene.words_in(clause);
    bool const they_fight = std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::trigger && is_fight(scene, word);
    });
    std::size_t const from = they_fight ? begin : begin - std::min<std::size_t>(begin - clause.begin, 4);
    for (std::size_t at = from; at + 1 < begin; ++at) {
        auto const number = text::read_number(scene.text(), at, scene.numbers());
        bool const is_added = scene.text().codes(at).front() == text::code(U'و') ||
                              scene.word_at(at - 1, WordKind::casualty) != nullptr;
        if (number && is_added && number->tokens.end + 1 == begin) {
            auto const before = scene.words_in({std::max(clause.begin, at - std::min(at, reach)), at});
            return std::any_of(before.begin(), before.end(), [](Word const& word) {
                return word.kind == WordKind::casualty || word.kind == WordKind::victim;
            });
        }
    }
    return false;
}

namespace {

/// The token before another, quotation marks apart: «عناصر من "X"».
std::size_t before_quotes(Scene const& scene, std::size_t token) {
    std::size_t before = token - std::min<std::size_t>(token, 1);
    while (before > 0 && scene.text().tokens()[before].kind == text::Token::Kind::punctuation) {
        --before;
    }
    return before;
}

bool is_mark(Scene const& scene, std::size_t token) {
    return scene.text().tokens()[token].kind == text::Token::Kind::punctuation;
}

/// «هجوم لخلايا X»: people behind «ل» right behind an act are those who did it.
bool are_doers(Scene const& scene, ActorMention const& actor) {
    constexpr std::size_t near = 2;
    static std::string const of = text::fold_key("من");
    std::size_t at = before_quotes(scene, actor.tokens.begin);
    at -= at > 0 && scene.text().codes(at) == of ? 1U : 0U; // «محاولة تسلل لعناصر من X»
    bool const are_people =
        scene.has_listed({at, at + 1}, "cell") || scene.has_listed({at, at + 1}, "fighters_of");
    for (Word const& word : scene.words_in({at - std::min(at, near), at})) {
        if (are_people && word.kind == WordKind::trigger && is_fight(scene, word) &&
            !is_verb(word.match.part)) {
            auto const people = scene.words_in({at, at + 1});
            return std::any_of(people.begin(), people.end(), [](Word const& each) {
                return each.kind == WordKind::list_word && each.match.clitics.preposition == text::code(U'ل');
            });
        }
    }
    return false;
}

} // namespace

namespace {

/// «إن مقاتلين من X هاجموا»: people behind «إن» and before a verb are its subject.
bool are_topic(Scene const& scene, ActorMention const& actor) {
    static std::array const that{text::fold_key("أن"), text::fold_key("إن"), text::fold_key("بأن"),
                                 text::fold_key("لكن")};
    static std::string const of = text::fold_key("من");
    std::size_t people = before_quotes(scene, actor.tokens.begin);
    if (people < 2 || scene.text().codes(people) != of) {
        return false;
    }
    --people;
    std::size_t end = actor.tokens.end;
    end += end < scene.text().size() && is_mark(scene, end) ? 1U : 0U; // «من "X" هاجموا»
    auto const next = scene.words_in({end, end + 1});
    return scene.word_at(people, WordKind::victim) != nullptr &&
           std::ranges::find(that, scene.text().codes(people - 1)) != that.end() &&
           std::any_of(next.begin(), next.end(), [](Word const& word) {
               return is_verb(word.match.part) && word.match.number == Number::plural;
           });
}

} // namespace

std::string_view word_leading(Scene const& scene, ActorMention const& actor) {
    std::size_t at = actor.tokens.begin;
    std::size_t skipped = 0;
    while (at > 0) {
        --at;
        bool const are_people = scene.word_at(at, WordKind::victim) != nullptr ||
                                scene.has_listed({at, at + 1}, "fighters_of") ||
                                scene.has_listed({at, at + 1}, "kind_of_group");
        bool const is_quote = is_mark(scene, at);
        skipped += are_people ? 1U : 0U;
        if (!is_quote && (!are_people || skipped > 2)) {
            return scene.text().codes(at);
        }
    }
    return {};
}

namespace {

/// «جندي من X قتل في انفجار»: people before the verb that nobody stands behind.
bool died_before_verb(Scene const& scene, ActorMention const& actor) {
    std::size_t const end = actor.tokens.end;
    Word const* const verb = scene.word_at(end, WordKind::casualty);
    return verb != nullptr && verb->match.part == Part::perfect && !verb->match.clitics.conjunction &&
           scene.word_at(actor.tokens.begin, WordKind::victim) != nullptr &&
           !people_at(scene, verb->match.tokens.end);
}

/// «قتل مسلحون مجهولون شابا»: in the nominative, with somebody else at once behind them, they are no victims.
bool kills_somebody(Scene const& scene, ActorMention const& actor) {
    constexpr std::size_t reach = 2; // adjectives
    static std::string const nominative = text::fold_key("ون");
    std::size_t const begin = actor.tokens.begin;
    std::size_t const end = actor.tokens.end;
    Word const* const verb = begin == 0 ? nullptr : scene.word_at(begin - 1, WordKind::casualty);
    if (verb == nullptr || verb->match.part != Part::perfect || verb->match.number != Number::singular ||
        !scene.text().codes(begin).ends_with(nominative)) {
        return false;
    }
    auto const words = scene.words_in({end, end + reach});
    return std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.kind == WordKind::victim && word.match.clitics.preposition == 0 &&
               !word.match.clitics.conjunction && !word.match.clitics.article;
    });
}

} // namespace

namespace {

/// «أوقفهم حاجز لـX», «تمت عملية الخطف على حاجز لـX»: who mans the post that people are taken at takes them.
bool is_post_of_captors(Scene const& scene, Word const& post, text::TokenRange clause) {
    constexpr std::size_t reach = 4;
    std::size_t const begin = post.match.tokens.begin;
    if (!scene.has_listed(post.match.tokens, "checkpoint")) {
        return false;
    }
    auto const before = scene.words_in({std::max(clause.begin, begin - std::min(begin, reach)), begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& word) {
        if (word.kind != WordKind::trigger) {
            return false;
        }
        Lexicon const& lexicon = scene.lexicon();
        std::string const& type = lexicon.classes()[lexicon.triggers()[word.row].type].name;
        return type == "arrest" || type == "abduct";
    });
}

} // namespace

Position position_of(Scene const& scene, ActorMention const& actor, text::TokenRange clause) {
    std::size_t const begin = actor.tokens.begin;
    std::size_t const from = std::max(clause.begin, begin - std::min<std::size_t>(begin, 6));
    static std::string const source = text::fold_key("من");
    Position position = Position::free;
    if (are_doers(scene, actor)) {
        return Position::agent;
    }
    if (are_topic(scene, actor)) {
        return Position::free;
    }
    if (begin > clause.begin && scene.has_listed({begin - 1, begin}, "covering")) {
        return Position::object; // «حملة شملت X»
    }
    for (Word const& word : scene.words_in({from, begin})) {
        std::size_t const gap = begin - std::min(begin, word.match.tokens.end);
        if (word.match.tokens.end > begin) {
            continue;
        }
        std::string_view const before = word.match.tokens.begin > 0
                                            ? scene.text().codes(word.match.tokens.begin - 1)
                                            : std::string_view{};
        // «قال قائد في X»: who speaks is nobody's victim.
        bool const is_speaker =
            scene.has_cue({word.match.tokens.begin - std::min<std::size_t>(word.match.tokens.begin, 2),
                           word.match.tokens.begin},
                          Cue::report);
        // «قصف من مواقع X», but «مقتل خمسة من عناصر X»
        bool const are_people = scene.word_at(word.match.tokens.begin, WordKind::victim) != nullptr;
        bool const fires_from =
            is_cue(word, Cue::object) && !are_people && (before == source || before == "from");
        // «الهجوم الذي يشنه X»
        bool const is_told_of = is_cue(word, Cue::perform) && is_verb(word.match.part) &&
                                word.match.pronoun != Pronoun::none && gap <= 1;
        if ((is_cue(word, Cue::agent) && gap <= 4) || (fires_from && gap <= 2) || is_told_of ||
            (gap <= 2 && is_post_of_captors(scene, word, clause))) {
            position = Position::agent; // «بقصف من مواقع X»
        } else if (acts_as_subject(scene, word) || word.kind == WordKind::trigger ||
                   (is_cue(word, Cue::perform) && is_verb(word.match.part) &&
                    word.match.pronoun == Pronoun::none)) {
            position = Position::free; // «شن عناصر من X», «على صعيد آخر شن X»
        } else if (is_cue(word, Cue::support) && gap <= 2) {
            position = Position::supporter;
        } else if (is_cue(word, Cue::object) && gap <= 2 && position != Position::agent) {
            position = Position::object;
        } else if (word.kind == WordKind::victim && !is_speaker &&
                   (gap <= 2 || scene.text().codes(before_quotes(scene, begin)) == source)) {
            position = Position::victim;
        }
    }
    // «مقتل جندي تركي»: the people are part of the actor's name.
    Word const* const deed = begin > clause.begin ? scene.word_at(begin - 1, WordKind::trigger) : nullptr;
    bool const is_doer = (deed != nullptr && is_verb(deed->match.part) && !deed->match.may_be_noun) ||
                         kills_somebody(scene, actor);
    bool is_dead = begin > clause.begin && !is_doer && scene.word_at(begin, WordKind::victim) != nullptr &&
                   scene.word_at(begin - 1, WordKind::casualty) != nullptr;
    is_dead = is_dead || died_before_verb(scene, actor);
    // "Two Turkish soldiers were killed"
    std::size_t const end = actor.tokens.end;
    bool const is_passive = scene.text().codes(end) == "were" || scene.text().codes(end) == "was";
    is_dead = is_dead || (is_passive && scene.word_at(end + 1, WordKind::casualty) != nullptr);
    return position == Position::free && (is_dead || is_counted_too(scene, actor, clause)) ? Position::victim
                                                                                           : position;
}

bool is_suspicion(Scene const& scene, ActorMention const& actor) {
    constexpr std::size_t reach = 6;
    std::size_t const begin = actor.tokens.begin;
    return scene.has_listed({begin - std::min(begin, reach), begin}, "charge");
}

namespace {

/// "quoted an officer as saying", "an officer was quoted as saying"
bool is_quoted(Scene const& scene, std::size_t end) {
    bool const passive = scene.text().codes(end) == "was" && scene.text().codes(end + 1) == "quoted";
    std::size_t const at = end + (passive ? 2 : 0);
    return scene.text().codes(at) == "as" && scene.text().codes(at + 1) == "saying";
}

} // namespace

bool speaks(Scene const& scene, ActorMention const& actor) {
    std::size_t const end = actor.tokens.end;
    return is_quoted(scene, end) || scene.has_cue({end, end + 1}, Cue::report);
}

bool is_own_deed(Scene const& scene, std::size_t verb) {
    static std::array const selves{text::fold_key("أنها"), text::fold_key("إنها"), text::fold_key("أنه"),
                                   text::fold_key("إنه"),  text::fold_key("أنهم"), text::fold_key("إنهم"),
                                   std::string{"it"},      std::string{"they"}};
    if (verb == 0) {
        return false;
    }
    std::string_view said = scene.text().codes(verb - 1);
    said.remove_prefix(said.size() > 2 && said.front() == text::code(U'و') ? 1 : 0); // «وإنهم»
    return std::find(selves.begin(), selves.end(), said) != selves.end();
}

Announced announced_by(Scene const& scene, ActorMention const& actor, text::TokenRange before_deed) {
    std::size_t const begin = actor.tokens.begin;
    bool const speaks_first = begin > 0 && scene.has_cue({begin - 1, begin}, Cue::report);
    if (!speaks_first && !speaks(scene, actor)) {
        return Announced::deeds;
    }
    bool has_dead = false;
    Announced announced = Announced::deeds;
    for (Word const& word : scene.words_in({actor.tokens.end, before_deed.end})) {
        has_dead = has_dead || (word.kind == WordKind::casualty && word.match.tokens.end <= before_deed.end &&
                                !is_own_deed(scene, word.match.tokens.begin));
        if (word.kind == WordKind::victim && announced == Announced::deeds) {
            announced = scene.lexicon().victims()[word.row] == Victim::combatant ? Announced::deeds
                                                                                 : Announced::deaths;
        }
        if (word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "regulars") {
            announced = Announced::losses;
        }
    }
    return has_dead ? announced : Announced::deeds;
}

bool is_source_of(Scene const& scene, ActorMention const& actor, Draft const& draft) {
    std::size_t const begin = actor.tokens.begin;
    if (announced_by(scene, actor, {draft.before.begin, draft.tokens.begin}) != Announced::deeds) {
        return true;
    }
    bool const quoted = is_quoted(scene, actor.tokens.end);
    // «قال بيان للجيش إن»: whose statement it is.
    std::size_t const said =
        begin > 1 && scene.has_listed({begin - 1, begin}, "statement") ? begin - 1 : begin;
    if (quoted || said == 0 || !scene.has_cue({said - 1, said}, Cue::report)) {
        return quoted; // "quoted an officer as saying that …"
    }
    static std::array const that{text::fold_key("إن"), text::fold_key("أن"), text::fold_key("بأن")};
    static std::array const own{text::fold_key("ه"), text::fold_key("ها"), text::fold_key("هم")};
    for (std::size_t token = actor.tokens.end; token + 1 < draft.tokens.begin; ++token) {
        if (std::find(that.begin(), that.end(), scene.text().codes(token)) != that.end()) {
            std::string_view const subject = scene.text().codes(token + 1);
            constexpr std::string_view feminine = "ة"; // «إن مسيرة …» is no «إن مقاتليه …»
            if (scene.text().source_text(token + 1).ends_with(feminine)) {
                return true;
            }
            return std::none_of(own.begin(), own.end(),
                                [&](std::string const& each) { return subject.ends_with(each); });
        }
    }
    return false;
}

bool is_same_state(Scene const& scene, std::string const& a, std::string const& b) {
    auto const& actors = scene.lexicon().actors();
    auto const find = [&](std::string const& id) {
        return std::find_if(actors.begin(), actors.end(), [&](Actor const& each) { return each.id == id; });
    };
    auto const first = find(a);
    auto const second = find(b);
    return first != actors.end() && second != actors.end() && first->country == second->country &&
           first->inter == 8 && second->inter == 8 && first->country != "LBN";
}

bool is_finder(Scene const& scene, ActorMention const& actor) {
    std::size_t const begin = actor.tokens.begin;
    auto const before = scene.words_in({begin - std::min<std::size_t>(begin, 2), begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "found" &&
               (word.match.part == Part::perfect || word.match.part == Part::noun);
    });
}

bool is_bystander(Scene const& scene, Draft const& draft, ActorMention const& actor) {
    constexpr std::size_t reach = 2;
    std::size_t const begin = actor.tokens.begin;
    bool const holds = scene.has_listed({begin - std::min(begin, reach), begin}, "held_by");
    bool const is_company = begin > 0 && scene.text().codes(begin - 1) == text::fold_key("مع") &&
                            scene.lexicon().classes()[draft.type].name != "clash";
    return holds || is_company;
}

std::string source_of(Scene const& scene, text::TokenRange clause) {
    constexpr std::size_t longest = 8; // words of a name
    static std::string const what = text::fold_key("ما");
    std::string source;
    for (Word const& word : scene.words_in(clause)) {
        if (!is_cue(word, Cue::according)) {
            continue;
        }
        std::size_t begin = word.match.tokens.end;
        bool const says = begin + 1 < clause.end && scene.text().codes(begin) == what; // «ما ذكر X»
        begin += says ? 2U : 0U;
        std::size_t end = begin;
        while (end < std::min(begin + longest, clause.end) &&
               scene.text().tokens()[end].kind == text::Token::Kind::word &&
               scene.word_at(end, WordKind::trigger) == nullptr) {
            ++end;
        }
        source = scene.words_of({begin, end});
    }
    return source;
}

} // namespace kharita::event
