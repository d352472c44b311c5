#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace kharita {

/// Whether an existing file may be replaced.
enum class Overwrite { refuse, replace };

/// A file that appears whole or not at all: written beside its place as `.NAME.tmp.PID`, synced to disk and
/// renamed by commit(); without commit() the destructor removes it. "-" is standard output.
///
/// Symbolic links are followed and stay. A pipe or a device (/dev/null) is no file to be replaced: bytes go
/// straight into it, whatever `overwrite` says.
class OutputFile {
public:
    /// Throws OutputError when the file exists (and may not be replaced), is a folder or a disk, or its
    /// folder cannot be written.
    OutputFile(std::filesystem::path file, Overwrite overwrite);
    OutputFile(OutputFile const&) = delete;
    OutputFile& operator=(OutputFile const&) = delete;
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) noexcept;
    ~OutputFile();

    /// How many bytes will be written in all, where that is known: room taken at once costs an eighth less
    /// than bit by bit, and lies together.
    void expect(std::uint64_t bytes);

    /// Appends bytes. Throws OutputError (disk full, broken pipe).
    void write(std::string_view bytes);

    /// Writes out what is buffered, syncs, renames. Nothing may be written afterwards.
    void commit();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Writes a whole file through OutputFile.
void write_file(std::filesystem::path const& file, std::string_view content, Overwrite overwrite);

/// Syncs a folder's entries to disk, so that a rename in it survives a power cut. Throws OutputError.
void sync_folder(std::filesystem::path const& folder);

} // namespace kharita
