// Debian 12 has no abseil of the age that libwebrtc wants; of it these names are used alone.
#pragma once
#include <memory>

namespace absl
{
	using std::make_unique;

	template<typename T>
	std::unique_ptr<T> WrapUnique(T* pointer)
	{
		return std::unique_ptr<T>(pointer);
	}
} // namespace absl
