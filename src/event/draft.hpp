#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "event/scene.hpp"
#include "event/tolls.hpp"
#include "model/event.hpp"

namespace kharita::event {

/// An event in the making: one trigger, its clause, and what was found out about it so far.
struct Draft {
    std::size_t trigger = 0; ///< index into Lexicon::triggers()
    std::size_t type = 0;    ///< index into Lexicon::classes()
    text::TokenRange tokens; ///< of the trigger
    Span span;               ///< of the trigger, without proclitics
    Part part = Part::noun;
    Number number = Number::none;
    Pronoun pronoun = Pronoun::none;
    text::CliticReading clitics;
    std::size_t clause = 0;
    text::TokenRange before;   ///< from the clause's begin, or the trigger before it, to the trigger
    text::TokenRange stretch;  ///< from the trigger to the next trigger or the clause's end
    text::TokenRange aimed_at; ///< behind a verb that says at what, in a relative clause of its own
    text::TokenRange means; ///< behind a noun of its outcome that says how it was done («قتل 13 في قصف جوي»)
    bool is_definite = false;   ///< «الغارات»: may speak of what was told already
    bool may_be_noun = false;   ///< a noun, or a verb written like its noun («قصف»)
    bool is_aim = false;        ///< named as what somebody means to do («لعقد محادثات»)
    bool is_future = false;     ///< its verb is in the future («ستشن غارات»)
    bool pluperfect = false;    ///< «كان قد …»: earlier than what the report tells
    bool blame_denied = false;  ///< «نفت مسؤوليتها عن القصف»: who is named did not do it
    bool failed_in_aim = false; ///< people died in an attack that is said to have failed: it took place
    bool continues = false;     ///< its clause goes on from the one before, whose subject it may share
    std::size_t parts = 0;      ///< at how many other places its dead are counted; see is_part
    std::int64_t counted_apart = 0; ///< of its dead, how many are counted at places of their own

    std::string sub_event_type; ///< empty: it tells no event
    std::string plover;
    std::string plover_mode;
    std::string weapon;
    std::optional<std::size_t> category; ///< weapon category that decided
    std::optional<Count> count;

    std::vector<std::size_t> places; ///< indexes into Scene::places()
    bool place_inherited = false;
    bool target_holds_place = false; ///< the target is only said to hold what was hit
    bool is_part = false;            ///< what an attack told before did at one of its places

    Modality modality = Modality::occurred;
    std::optional<Date> date;
    std::optional<Date> date_end;
    int time_precision = 0;
    bool date_is_own = false; ///< stands in its clause, not taken from round it
    bool at_night = false;    ///< its own date speaks of a night, which two days share
    std::string date_why;

    std::vector<ActorRef> initiator;
    std::vector<ActorRef> target;
    std::string claimed_by;
    std::string control_change;

    std::optional<Toll> killed;
    std::optional<Toll> injured;
    bool has_later_toll = false; ///< its toll is a later number for what was told before

    double confidence = 1;
    std::string why;

    /// Adds a reason, and what it costs in confidence.
    void note(std::string const& reason, double factor = 1) {
        why += why.empty() ? reason : "; " + reason;
        confidence *= factor;
    }
};

/// Finds the triggers that tell something, joins those that tell one thing («غارات استهدفت …»), and types
/// each by its class and the weapons near it. Drafts come in text order.
std::vector<Draft> find_drafts(Scene const& scene);

/// Gives each draft the places it happened at, as indexes into the scene's. Drafts may stay without.
void find_places(Scene const& scene, std::vector<Draft>& drafts);

/// Adds drafts of the dead that a sentence counts place by place («مخلفا ثلاثة قتلى في A وخمسة في B») of an
/// attack told before them. After find_places().
void add_counted_places(Scene const& scene, std::span<TollMention const> tolls, std::vector<Draft>& drafts);

class SentenceModel;

/// Drops what comments and tells no news: in a long text that tells little (an opinion, an interview), what
/// neither dates itself, nor stands in the opening, nor in a sentence that surely tells an assault or a
/// protest. After find_event_dates().
void drop_comments(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts);

/// Drops assaults that a sentence names and does not tell (opinions, aims, accusations): nouns for what
/// everybody knows of where it hardly tells any, others where it surely tells none.
void drop_untold(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts);

/// Drops what is said only of whole countries and neither dated nor counted, for no map is better for a point
/// in a country's middle; air strikes that somebody named surely made there stay. After find_casualties().
void drop_country_talk(Scene const& scene, SentenceModel const& model, std::vector<Draft>& drafts);

/// Whether what each draft tells came to pass, from cues between its clause's begin and the trigger; drafts
/// that tell only what may be or usually is lose their type.
void find_modality(Scene const& scene, std::vector<Draft>& drafts);

/// Dates each draft: by its clause, else its sentence, else the day the report is about, else publication;
/// `date_why` says which. What lies more than a month before publication turns historical.
void find_event_dates(Scene const& scene, std::vector<Draft>& drafts);

/// Who did it and to whom, by their place in the clause; candidates where a name fits several.
void find_actors(Scene const& scene, std::vector<Draft>& drafts);

/// Takes civilians for the target where those hit are, and nobody else is named; whoever only holds the place
/// gives way to them. After find_casualties().
void name_victims(Scene const& scene, std::vector<Draft>& drafts);

/// Types takeovers by who took over, and says what they do for its control.
void settle_territory(Scene const& scene, std::vector<Draft>& drafts);

/// Puts each of the tolls of the text on the draft it is an outcome of, never on more than one.
void find_casualties(Scene const& scene, std::span<TollMention const> tolls, std::vector<Draft>& drafts);

/// Whether the sentence that holds a token belongs to the report's body; see Scene::is_aside.
bool is_body(Scene const& scene, std::size_t token);

} // namespace kharita::event
