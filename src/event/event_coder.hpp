#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "event/sentence_judgement.hpp"
#include "geoparse/geoparser.hpp"
#include "model/document.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// What event coding finds in one report.
struct Coding {
    std::vector<EventGroup> groups;
    std::vector<Event> events;
    std::vector<Zone> zones;
    /// Places of all tellings, before those of the same happening were merged; by index, a place may stand
    /// twice.
    std::vector<std::size_t> told;
};

/// Codes what a report tells: who did what, with what, to whom, where, when, at what cost, and whether it
/// came to pass; and the zones it speaks of.
///
/// A trigger word («قصف», «غارتين», "shelled") opens an event; its clause gives the rest. All words are
/// vocabulary (gazetteer/vocabulary/event/*.tsv, gazetteer/actors.tsv), all types of the ontology
/// (schemas/ontology/*.tsv). Where the text does not say, fields stay empty or carry candidates; every event
/// has a confidence and says why. Immutable once loaded; shared by threads.
class EventCoder {
public:
    /// Throws InputError with file and line for malformed vocabulary.
    static EventCoder load(std::filesystem::path const& data_dir);

    EventCoder(EventCoder&&) noexcept;
    EventCoder& operator=(EventCoder&&) noexcept;
    EventCoder(EventCoder const&) = delete;
    EventCoder& operator=(EventCoder const&) = delete;
    ~EventCoder();

    /// Codes one report. `text` must be the tokens of `report.text`, `places` what the geoparser made of it;
    /// the mentions at which events are coded get Role::event.
    Coding code(text::TokenizedText const& text, Report const& report,
                std::vector<geoparse::Toponym>& places) const;

    /// Judges a text as one sentence: whether it tells an assault or a protest, also where it names no place.
    SentenceJudgement judge(text::TokenizedText const& text, Report const& report,
                            std::vector<geoparse::Toponym> const& places) const;

private:
    struct State;
    explicit EventCoder(std::unique_ptr<State const> state);
    std::unique_ptr<State const> m_state;
};

} // namespace kharita::event
