#pragma once

#include <filesystem>
#include <memory>

#include "event/sentence_judgement.hpp"
#include "gazetteer/gazetteer.hpp"
#include "model/document.hpp"

namespace kharita::extract {

/// Annotates reports: the way from a text to its places, events and zones. Immutable once loaded; one serves
/// any number of threads.
class Extractor {
public:
    /// Loads gazetteer, cue words and lexicons from `data_dir` (see kharita::data_dir()).
    /// Throws InputError with file and line for malformed data.
    static Extractor load(std::filesystem::path const& data_dir);
    /// The same with another gazetteer, as Gazetteer::open() takes it; all else from `data_dir`.
    static Extractor load(std::filesystem::path const& data_dir, std::filesystem::path const& gazetteer);

    Extractor(Extractor&&) noexcept;
    Extractor& operator=(Extractor&&) noexcept;
    Extractor(Extractor const&) = delete;
    Extractor& operator=(Extractor const&) = delete;
    ~Extractor();

    /// The report with everything found in it. `report.text` must be valid UTF-8. The result depends on the
    /// report and the loaded data alone.
    Document annotate(Report report) const;

    /// Whether a report's text, taken as one sentence, tells an assault or a protest.
    event::SentenceJudgement judge_sentence(Report const& report) const;

    gazetteer::Gazetteer const& gazetteer() const noexcept;

private:
    struct State;
    explicit Extractor(std::unique_ptr<State const> state);
    std::unique_ptr<State const> m_state;
};

} // namespace kharita::extract
