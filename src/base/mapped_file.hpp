#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace kharita {

/// A file's bytes, seen through memory. What is written to the file meanwhile may show; a file put into its
/// place does not.
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
};

} // namespace kharita
