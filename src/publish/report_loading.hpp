#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/rejects.hpp"
#include "extract/corrector.hpp"
#include "extract/extract_run.hpp"
#include "model/correction.hpp"
#include "model/document.hpp"
#include "store/corrections.hpp"

namespace kharita::extract {
class Extractor;
}
namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// Reports that are to go into a database, and how. What it names must outlive load_reports().
struct ReportLoading {
    std::vector<std::filesystem::path> const& inputs; ///< see extract::ReportReader
    extract::Extractor const& extractor;
    std::span<Correction const> corrections; ///< to obey
    std::filesystem::path const& gazetteer;  ///< whose outlines say where a point lies that a correction sets
    std::size_t jobs = 1;
    std::function<void(Document const&)> stored;  ///< called for each document that is in the database now
    std::function<void(Reject const&)> set_aside; ///< called for each record that is not, in input order
};

/// What became of them.
struct LoadedReports {
    extract::ExtractCounts counts;
    Rejects rejects;
    std::vector<extract::CorrectionOutcome> outcomes; ///< of the corrections, before it is known who is who
};

/// Extracts reports, corrects and loads what is found. Throws InputError when no report could be read.
LoadedReports load_reports(store::Database& database, ReportLoading const& loading);

/// Corrections with what a build made of them.
struct Replay {
    std::vector<store::ReplayedCorrection> corrections; ///< all of them, in their order
    std::vector<std::string> idle; ///< a sentence for each that applies to nothing any more
};

/// What became of the corrections, once events of several reports are united.
Replay replayed(store::Database& database, std::span<Correction const> corrections,
                std::span<extract::CorrectionOutcome const> outcomes);

} // namespace kharita::publish
