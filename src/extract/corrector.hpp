#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "model/correction.hpp"
#include "model/document.hpp"

namespace kharita::extract {

/// What became of a correction.
struct CorrectionOutcome {
    std::size_t applied = 0; ///< how often it changed something, or found it so already
    std::string problem;     ///< why it cannot apply to anything; empty where it can

    /// "applied", "applied 3 times", why it was not, or nothing where that is not known yet.
    std::string text() const;
};

/// Makes documents obey analysts' corrections: places of mentions, fields of events and zones, what is none
/// at all. Which events are one (merge, split) is not of one document and left to de-duplication.
///
/// Corrections apply in their order, so that a later one wins. A corrected mention, event or zone is certain
/// (confidence 1) and says whose word it is. Used by one thread; the gazetteer must outlive it.
class Corrector {
public:
    /// A point that an analyst sets is in the admin units whose `outlines` hold it.
    Corrector(std::span<Correction const> corrections, gazetteer::Gazetteer const& gazetteer,
              gazetteer::Boundaries outlines = {});
    Corrector(Corrector&&) noexcept;
    Corrector& operator=(Corrector&&) noexcept;
    Corrector(Corrector const&) = delete;
    Corrector& operator=(Corrector const&) = delete;
    ~Corrector();

    /// Whether there is nothing to obey, so that apply() changes nothing.
    bool is_empty() const noexcept;

    /// Corrects a document. Offsets and ids stay as they are.
    void apply(Document& document);

    /// One for each correction, in their order. A correction that no document was concerned by so far says
    /// that nothing of its target's name was found.
    std::vector<CorrectionOutcome> outcomes() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Fields of an event that a correction may edit, and of a zone, for messages and forms.
std::span<std::string_view const> editable_fields() noexcept;

} // namespace kharita::extract
