#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace kharita {

/// A file without a name, for what does not fit into memory. It is gone with the object, however the program
/// ends. Several threads may use it at a time.
class ScratchFile {
public:
    /// In this folder. Throws OutputError when it cannot be written.
    explicit ScratchFile(std::filesystem::path const& folder);
    ScratchFile(ScratchFile const&) = delete;
    ScratchFile& operator=(ScratchFile const&) = delete;
    ScratchFile(ScratchFile&&) = delete;
    ScratchFile& operator=(ScratchFile&&) = delete;
    ~ScratchFile();

    /// Appends bytes; answers where they begin. Throws OutputError (disk full).
    std::uint64_t append(std::string_view bytes);
    /// Bytes that were appended. Throws InputError when they cannot be read back.
    std::string read(std::uint64_t offset, std::size_t length) const;

private:
    void flush();

    std::string m_folder; ///< as messages name it
    int m_descriptor = -1;
    mutable std::mutex m_mutex;
    std::uint64_t m_written = 0; ///< bytes in the file; those of m_pending follow
    std::string m_pending;
};

} // namespace kharita
