console.log('pages')
