#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tile/feature_columns.hpp"

namespace kharita::tile {

/// A point feature on its way through a file.
struct PointRecord {
    std::uint64_t place = 0; ///< z_order()
    std::uint64_t id = 0;
    WorldPoint at;
    double rank = 0;
    std::uint32_t count = 1;
    std::vector<Aggregate> aggregates; ///< as many as Thinning::aggregates
    /// Number of the key in the columns that were written, and the value as encode_value() writes it; valid
    /// until the next record is read.
    std::vector<std::pair<std::uint32_t, std::string_view>> tags;
};

/// Points of a layer that is larger than memory: sorted runs on disk, read back as one sorted sequence. Files
/// are temporary and without a name, so that nothing of them stays.
class PointRuns {
public:
    /// Files are made in `folder`.
    explicit PointRuns(std::filesystem::path folder) : m_folder{std::move(folder)} {}

    /// Writes `features` of columns of single points as a run, sorted by place and id. Throws OutputError.
    void write(FeatureColumns const& columns, std::vector<std::uint32_t> const& features);

    std::size_t size() const noexcept { return m_size; }

    /// Reads all records, those of all runs together in the order of place and id; called once. Throws
    /// InputError when a file cannot be read.
    class Reader;
    std::unique_ptr<Reader> read();

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Close>;

    File make_file() const;

    std::filesystem::path m_folder;
    std::vector<File> m_files;
    std::size_t m_size = 0;
};

/// One sequence of all runs.
class PointRuns::Reader {
public:
    explicit Reader(std::vector<File> files);
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;
    Reader(Reader&&) = delete;
    Reader& operator=(Reader&&) = delete;
    ~Reader();

    /// The next record, valid until the next call; null at the end.
    PointRecord const* next();

private:
    class Run;
    std::vector<std::unique_ptr<Run>> m_runs; ///< a heap, the one with the least record first
    bool m_begun = false;
};

} // namespace kharita::tile
