#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace kharita {

/// A file's bytes, seen through memory. What is written to the file meanwhile may show; a file put into its
/// place does not. Of a file that is cut short meanwhile, see survive_cut_files().
class MappedFile {
public:
    /// Throws InputError when it cannot be read.
    explicit MappedFile(std::filesystem::path const& file);
    MappedFile(MappedFile const&) = delete;
    MappedFile& operator=(MappedFile const&) = delete;
    MappedFile(MappedFile&&) = delete;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    /// Valid as long as the object.
    std::string_view bytes() const noexcept { return {static_cast<char const*>(m_address), m_size}; }

private:
    void* m_address = nullptr;
    std::size_t m_size = 0;
    std::size_t m_slot = 0; ///< among those that survive_cut_files() knows
};

/// From now on, reading a MappedFile beyond an end that came nearer since yields zeros, and
/// require_whole_files() throws; otherwise the system ends the process (SIGBUS). To be called once, by a
/// program, as it begins: a library leaves signals alone. Of more than some dozen mappings at a time, the
/// rest is not protected.
void survive_cut_files();

/// Throws InputError, naming the file, when any was cut short while it was read. To be called before what was
/// made of mapped files is published.
void require_whole_files();

} // namespace kharita
