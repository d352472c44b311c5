#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/rejects.hpp"
#include "extract/annotation_json.hpp"
#include "extract/extractor.hpp"
#include "extract/reports.hpp"

namespace kharita::extract {

/// How many of each a run came to.
struct ExtractCounts {
    std::size_t documents = 0;
    std::size_t undated = 0; ///< of the documents: without a day of publication, so relative dates are null
    std::size_t mentions = 0;
    std::size_t resolved = 0; ///< of the mentions
    std::size_t events = 0;
    std::size_t zones = 0;
    std::size_t rejects = 0;
};

/// Annotates all reports of a reader on up to `jobs` threads. `write` gets the documents and `set_aside` the
/// rejects, each in the order of the input whatever the number of threads; both are called by the calling
/// thread only. At most a few hundred reports are held at once.
ExtractCounts annotate_all(ReportReader& reader, Extractor const& extractor, std::size_t jobs,
                           std::function<void(Document const&)> const& write,
                           std::function<void(Reject const&)> const& set_aside);

/// A reject as one line of JSON, without a line end: {"file":…,"line":…,"reason":…,"text":…}.
std::string to_json(Reject const& reject);

} // namespace kharita::extract
